import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { buildClinic, chooseClinic, prepareGround } from '../app/build-clinic.ts'
import { makeClinic, readProfile } from '../app/make-clinic.ts'
import { invitePerson } from '../identity/operations/invite-person.ts'
import { listPeople } from '../identity/operations/list-people.ts'
import { renewInvitation } from '../identity/operations/renew-invitation.ts'
import { makeToken } from '../identity/secret-token.ts'
import { readConfig } from '../platform/config.ts'
import { Fault } from '../platform/fault.ts'
import { readClinicKey, writeNewClinicKey } from '../platform/keys.ts'
import { jsonLog } from '../platform/log.ts'
import { readArguments } from './arguments.ts'
import { reportConfigProblems } from './report-config-problems.ts'
import type { Terminal } from './terminal.ts'

const help = `
Usage: unwatched setup --profile FILE --name NAME --sign-in NAME
       unwatched setup --new-link

Makes a clinic from a profile file, the clinic's key (where UNWATCHED_KEY says, outside the data directory), and its
first administrator, who joins by a single-use link that is printed once.

  --profile FILE   the profile, such as profiles/west-kent.json; docs/adding-a-clinic.md explains it
  --name NAME      the administrator's name
  --sign-in NAME   what the administrator types to sign in
  --new-link       print a new link for an administrator who has not joined yet; the old one stops working
`

/** Makes a clinic, or a new link for its first administrator. */
export async function setup(args: readonly string[], terminal: Terminal): Promise<number> {
  const flags = {
    profile: { type: 'string' },
    name: { type: 'string' },
    'sign-in': { type: 'string' },
    'new-link': { type: 'boolean' },
  } as const
  const read = readArguments(args, flags, help, terminal)
  if (typeof read === 'number') return read
  const newLink = read.flag('new-link')
  const missing = newLink
    ? []
    : (['profile', 'name', 'sign-in'] as const).filter(name => !read.text(name)?.trim())
  if (missing.length > 0) {
    terminal.err(
      `Missing: ${missing.map(name => `--${name}`).join(', ')}. unwatched setup --help explains them.`,
    )
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
  if (!existsSync(config.keyFile)) {
    if (newLink)
      throw new Fault(
        'key-missing',
        `There is no key in ${config.keyFile}, so there is no clinic to make a link for.`,
      )
    await writeNewClinicKey(config.keyFile)
    terminal.out(
      `The clinic's key is in ${config.keyFile}. Without it nothing sealed can ever be opened: keep a copy`,
    )
    terminal.out('somewhere safe that is not this disk and not its backups.')
  }
  const key = await readClinicKey(config.keyFile, config.dataFolder)
  const ground = await prepareGround(config, key, log)
  try {
    const made = profile ? await makeClinic(ground, key, profile, false) : null
    const slug = profile?.slug ?? config.clinicSlug
    const chosen = made
      ? { clinicId: made.clinicId, isDemo: false, neutralExit: profile?.neutralExit ?? '' }
      : await chooseClinic(ground, { ...config, clinicSlug: slug }, key)
    if (!chosen)
      throw new Fault(
        'no-such-clinic',
        'There is no clinic here yet. Give --profile, --name and --sign-in to make one.',
      )
    const clinic = buildClinic(ground, config, key, chosen, log)
    try {
      const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'setup' } as const
      const token = await clinic.database.transaction(actor, async transaction => {
        if (made && profile) {
          const lead = profile.agencies.find(agency => agency.isLead)
          const agencyId = made.agencies.get(lead?.slug ?? '')
          if (!agencyId) throw new Fault('profile-wrong', 'The profile names no lead agency.')
          const invited = await invitePerson(transaction, {
            name: read.text('name')?.trim() ?? '',
            signInName: read.text('sign-in')?.trim().toLowerCase() ?? '',
            role: 'administrator',
            agencyId,
          })
          if (!invited.allowed)
            throw new Fault('sign-in-name-taken', 'Somebody has that sign-in name already.')
          return invited.token
        }
        const { people } = await listPeople(transaction)
        const waiting = people.find(person => person.role === 'administrator' && person.state === 'invited')
        if (!waiting) {
          throw new Fault(
            'no-administrator-waiting',
            'No administrator is waiting to join. One who has joined can make links under People.',
          )
        }
        const fresh = makeToken()
        await renewInvitation(transaction, waiting.personId, fresh)
        return fresh
      })
      terminal.out('')
      terminal.out(
        profile ? `${profile.name} is ready.` : 'A new link was made; the old one has stopped working.',
      )
      terminal.out(
        'The administrator joins with this link. It works once, for seven days, and is not shown again:',
      )
      terminal.out('')
      terminal.out(
        `  ${config.behindTls ? 'https://YOUR-ADDRESS' : `http://${config.host}:${config.port}`}/join/${token}`,
      )
      terminal.out('')
      terminal.out('Start the clinic with: unwatched serve')
      return 0
    } finally {
      await clinic.database.close()
    }
  } finally {
    await ground.stop()
  }
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
