import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { buildClinic, chooseClinic, prepareContext } from '../app/build-clinic.ts'
import { makeClinic, readProfile } from '../app/make-clinic.ts'
import type { Profile } from '../directory/profile.ts'
import { type FirstPeople, type InvitedAtSetup, verifyFirstPeople } from '../identity/first-people.ts'
import {
  type FirstLink,
  inviteFirstPeople,
  renewFirstLinks,
} from '../identity/operations/invite-first-people.ts'
import { normaliseSignInName } from '../identity/sign-in-name.ts'
import type { Clinic } from '../platform/clinic.ts'
import { type Config, readConfig } from '../platform/config.ts'
import { Fault } from '../platform/fault.ts'
import { readClinicKey, writeNewClinicKey } from '../platform/keys.ts'
import { jsonLog } from '../platform/log.ts'
import { type Arguments, readArguments } from './arguments.ts'
import { joinAddress } from './join-address.ts'
import { reportConfigProblems } from './report-config-problems.ts'
import type { Terminal } from './terminal.ts'

const help = `
Usage: unwatched setup --profile FILE --name NAME --sign-in NAME --coordinator NAME --coordinator-sign-in NAME
       unwatched setup --new-link

Makes a clinic from a profile file, the clinic's key (where UNWATCHED_KEY says, outside the data directory), its first
administrator and its first coordinator, who join by single-use links that are printed once. They must be two people:
the administrator keeps the machine and never sees a case; the coordinator approves everybody who does.

  --profile FILE               the profile, such as profiles/west-kent.json; docs/adding-a-clinic.md explains it
  --name NAME                  the administrator's name
  --sign-in NAME               what the administrator types to sign in
  --coordinator NAME           the first coordinator's name; they belong to the lead agency
  --coordinator-sign-in NAME   what the first coordinator types to sign in
  --new-link                   print new links for those of the two who have not joined yet; the old ones stop working
`

const needed = ['profile', 'name', 'sign-in', 'coordinator', 'coordinator-sign-in'] as const

/** Makes a clinic, or new links for its first two people. */
export async function setup(args: readonly string[], terminal: Terminal): Promise<number> {
  const flags = {
    profile: { type: 'string' },
    name: { type: 'string' },
    'sign-in': { type: 'string' },
    coordinator: { type: 'string' },
    'coordinator-sign-in': { type: 'string' },
    'new-link': { type: 'boolean' },
  } as const
  const read = readArguments(args, flags, help, terminal)
  if (typeof read === 'number') return read
  const newLink = read.flag('new-link')
  const first = {
    administrator: readInvited(read, 'name', 'sign-in'),
    coordinator: readInvited(read, 'coordinator', 'coordinator-sign-in'),
  }
  const problems = newLink ? [] : findProblems(read, first)
  if (problems.length > 0) {
    for (const problem of problems) terminal.err(problem)
    return 64
  }
  const profilePath = read.text('profile') ?? ''
  const profile = newLink ? null : readProfile(await readText(profilePath), profilePath)

  const answer = readConfig(process.env, process.cwd())
  if (!answer.ok) return reportConfigProblems(answer.problems, terminal)
  const { config } = answer
  const log = jsonLog(
    line => terminal.err(line.trimEnd()),
    () => new Date(),
  )
  if (!existsSync(config.keyFile)) await makeKey(config, newLink, terminal)
  const key = await readClinicKey(config.keyFile, config.dataFolder)
  const context = await prepareContext(config, key, log, { forWork: true })
  try {
    const made = profile ? await makeClinic(context, key, profile, false) : null
    const chosen = made
      ? { clinicId: made.clinicId, isDemo: false, neutralExit: profile?.neutralExit ?? '' }
      : await chooseClinic(context, { ...config, clinicSlug: profile?.slug ?? config.clinicSlug }, key)
    if (!chosen)
      throw new Fault(
        'no-such-clinic',
        'There is no clinic here yet. unwatched setup --help says how to make one.',
      )
    const clinic = buildClinic(context, config, key, chosen, log)
    try {
      const links = await makeLinks(clinic, first, made && profile && { ...made, profile })
      sayLinks(links, profile, config, terminal)
      return 0
    } finally {
      await clinic.database.close()
    }
  } finally {
    await context.stop()
  }
}

/** What is missing of the arguments, or wrong with the two people they name. */
function findProblems(read: Arguments, first: FirstPeople): readonly string[] {
  const missing = needed.filter(name => !read.text(name)?.trim())
  return missing.length > 0
    ? [`Missing: ${missing.map(name => `--${name}`).join(', ')}. unwatched setup --help explains them.`]
    : verifyFirstPeople(first)
}

async function makeKey({ keyFile }: Config, newLink: boolean, terminal: Terminal): Promise<void> {
  if (newLink)
    throw new Fault('key-missing', `There is no key in ${keyFile}, so there is no clinic to make a link for.`)
  await writeNewClinicKey(keyFile)
  terminal.out(`The clinic's key is in ${keyFile}. Without it nothing sealed can ever be opened: keep a copy`)
  terminal.out('somewhere safe that is not this disk and not its backups.')
}

/** The links of the first two people of a clinic that was made now, or new ones for those of them who have not joined. */
async function makeLinks(
  clinic: Clinic,
  first: FirstPeople,
  made: (Awaited<ReturnType<typeof makeClinic>> & { readonly profile: Profile }) | null,
): Promise<readonly FirstLink[]> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'setup' } as const
  const links = await clinic.database.transaction(actor, transaction => {
    if (!made) return renewFirstLinks(clinic, transaction)
    const lead = made.profile.agencies.find(agency => agency.isLead)
    const agencyId = made.agencies.get(lead?.slug ?? '')
    if (!agencyId) throw new Fault('profile-wrong', 'The profile names no lead agency.')
    return inviteFirstPeople(clinic, transaction, first, agencyId)
  })
  if (links.length > 0) return links
  throw new Fault(
    'nobody-waiting',
    'Neither the first administrator nor the first coordinator is waiting to join. Links for others are asked for under People; when no coordinator is left, unwatched invite-coordinator makes one.',
  )
}

function sayLinks(
  links: readonly FirstLink[],
  profile: Profile | null,
  config: Config,
  terminal: Terminal,
): void {
  terminal.out('')
  terminal.out(
    profile ? `${profile.name} is ready.` : 'New links were made; the old ones have stopped working.',
  )
  terminal.out(
    'Each joins with a link and a joining code of their own. The link works once, for seven days; neither is shown again.',
  )
  terminal.out(
    'Give each to that person alone, the coordinator’s by two people if you can: one the link, one the code.',
  )
  for (const link of links) {
    terminal.out('')
    terminal.out(`  The ${link.role}: ${joinAddress(config, link.token)}`)
    terminal.out(`    joining code: ${link.code.join(' ')}`)
  }
  terminal.out('')
  terminal.out('Start the clinic with: unwatched serve')
}

function readInvited(read: Arguments, name: string, signIn: string): InvitedAtSetup {
  return { name: read.text(name)?.trim() ?? '', signInName: normaliseSignInName(read.text(signIn) ?? '') }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    const why =
      code === 'ENOENT'
        ? 'is not there'
        : code === 'EISDIR'
          ? 'is a folder'
          : `cannot be read (${code ?? 'unknown fault'})`
    throw new Fault('profile-not-read', `The profile ${path} ${why}.`, { cause })
  }
}
