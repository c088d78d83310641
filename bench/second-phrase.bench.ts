import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildClinic, chooseClinic, prepareContext } from '../src/app/build-clinic.ts'
import { fillDemo, makeDemoClinic } from '../src/app/demo/load-demo.ts'
import { makeDemoPhrases } from '../src/app/demo/make-demo-phrases.ts'
import { startServing } from '../src/app/server.ts'
import { withCase } from '../src/audit/operations/access-case.ts'
import { createCase } from '../src/cases/operations/create-case.ts'
import { listWaiting } from '../src/cases/operations/list-waiting.ts'
import { receiveReferral } from '../src/cases/operations/receive-referral.ts'
import { triageReferral } from '../src/cases/operations/triage-referral.ts'
import type { ReferralAnswers } from '../src/cases/referral.ts'
import { listAgencies } from '../src/directory/operations/list-agencies.ts'
import { caseParts } from '../src/foundation/case-part.ts'
import { clientCookie } from '../src/identity/client-session.ts'
import { listPeople } from '../src/identity/operations/list-people.ts'
import { type MadePhrases, makePhrases } from '../src/identity/operations/make-phrases.ts'
import { signInClient } from '../src/identity/operations/sign-in-client.ts'
import type { Clinic } from '../src/platform/clinic.ts'
import { readConfig } from '../src/platform/config.ts'
import { writeNewClinicKey } from '../src/platform/keys.ts'
import { silentLog } from '../src/platform/log.ts'
import { newOnce } from '../src/web/form.ts'

const visits = 200
const pages = ['/my', '/my/notes', '/my/notes/new', '/my/looks'] as const

/**
 * How long an answer takes after a second phrase and after a new client's first: 200 sign-ins of each, one after the other
 * in turn, and 200 of each page. Against it stands the difference between two halves of the same phrase's visits, which is chance.
 */
export default async function run(): Promise<{ name: string; rows: string[] }[]> {
  const folder = await mkdtemp(join(tmpdir(), 'unwatched-bench-'))
  await chmod(folder, 0o755)
  const answer = readConfig(
    {
      UNWATCHED_DATA: join(folder, 'data'),
      UNWATCHED_KEY: join(folder, 'keys', 'clinic.key'),
      UNWATCHED_PORT: '0',
    },
    folder,
  )
  if (!answer.ok) throw new Error(answer.problems.map(problem => problem.message).join(' '))
  const { config } = answer
  const key = await writeNewClinicKey(config.keyFile)
  const ground = await prepareContext(config, key, silentLog)
  try {
    await makeDemoClinic(ground, key)
    const chosen = await chooseClinic(ground, config, key)
    if (!chosen) throw new Error('the demo clinic was not made')
    await fillDemo(ground, config, key, chosen, silentLog, () => {})
    const clinic = buildClinic(ground, config, key, chosen, silentLog)
    const serving = await startServing(clinic, config, { withJobs: false })
    try {
      const lived = await makeDemoPhrases(clinic)
      if (!lived) throw new Error('the demo has no phrases')
      // Beside the duress visit stands a new client's own: pages that hold as little.
      const fresh = await openNewCase(clinic)
      const phrases = { open: fresh.open, duress: lived.duress }
      const times = { open: [] as number[], duress: [] as number[] }
      const tokens = { open: '', duress: '' }
      const kinds = ['open', 'duress'] as const
      for (let each = 0; each < visits; each += 1)
        for (const kind of each % 2 === 0 ? kinds : kinds.toReversed()) {
          const typed = phrases[kind].join(' ')
          const start = performance.now()
          const signedIn = await signInClient(clinic, { typed, address: `192.0.2.${each % 250}` })
          times[kind].push(performance.now() - start)
          if (signedIn.kind !== 'signed-in') throw new Error(signedIn.kind)
          tokens[kind] = signedIn.token
        }
      const rows = [say('signing in', times.open, times.duress)]
      for (const page of pages) {
        const seen = { open: [] as number[], duress: [] as number[] }
        for (let each = 0; each < visits; each += 1)
          for (const kind of each % 2 === 0 ? kinds : kinds.toReversed()) {
            const start = performance.now()
            const got = await fetch(`${serving.address}${page.slice(1)}`, {
              headers: { cookie: `${clientCookie}=${tokens[kind]}` },
              redirect: 'manual',
            })
            await got.text()
            seen[kind].push(performance.now() - start)
            if (got.status !== 200) throw new Error(`${page} ${got.status}`)
          }
        rows.push(say(page, seen.open, seen.duress))
      }
      return [{ name: `${visits} visits with each phrase: median, and how far the two are apart`, rows }]
    } finally {
      await serving.stop()
      await clinic.database.close()
    }
  } finally {
    await ground.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** A case that was opened as usual a moment ago, with its phrases. */
async function openNewCase(clinic: Clinic): Promise<MadePhrases> {
  const asSetup = { kind: 'task', clinicId: clinic.clinicId, task: 'setup' } as const
  const found = await clinic.database.transaction(asSetup, async transaction => ({
    people: (await listPeople(transaction)).people,
    lead: (await listAgencies(transaction)).find(agency => agency.isLead),
  }))
  const coordinator = found.people.find(person => person.role === 'coordinator' && person.state === 'active')
  if (!coordinator || !found.lead) throw new Error('the demo has no coordinator')
  const { personId } = coordinator
  const actor = { kind: 'person', clinicId: clinic.clinicId, personId } as const
  await receiveReferral(clinic, actor, newReferral, 'bench-call')
  const line = (await clinic.database.transaction(actor, transaction => listWaiting(transaction))).lines.find(
    each => each.clientName === newReferral.clientName,
  )
  if (!line) throw new Error('the referral is not there')
  const { caseId } = line
  const triage = { type: 'known-control', typeReasons: ['lived-together'], flags: [] } as const
  await clinic.database.transaction(actor, transaction =>
    triageReferral(
      transaction,
      personId,
      caseId,
      { ...triage, judgement: 'routine', note: '', settled: [] },
      'bench-triage',
    ),
  )
  const { agencyId } = found.lead
  await createCase(
    clinic,
    { personId, agencyId },
    caseId,
    { agencies: [{ agencyId, parts: caseParts, until: null }], how: 'spoken-on-the-phone' },
    'bench-opening',
  )
  const made = await withCase(
    clinic.database,
    actor,
    { caseId, part: 'contact', mode: 'write' },
    transaction =>
      makePhrases(clinic, transaction, personId, caseId, { check: 'code-words', once: newOnce() }),
  )
  if (!made) throw new Error('no phrase was made')
  return made
}

const newReferral: ReferralAnswers = {
  filledBy: 'client',
  clientName: 'Nora Fiction',
  words: 'Somebody knows where I am.',
  safeToTalk: 'yes',
  dangerNow: 'no',
  adult: 'yes',
  cyberstalked: 'maybe',
  postcode: 'TN9 1AA',
  council: { kind: 'unknown' },
  flags: [],
  suspectName: '',
  relation: 'former-partner',
  howHeard: '',
  wantsContact: 'yes',
  agreedWords: 'May we contact them? Yes.',
  contactChannels: {
    phone: { value: '', safe: 'unknown' },
    email: { value: '', safe: 'unknown' },
    other: { value: '', safe: 'unknown' },
  },
  safeTimes: '',
  voicemail: '',
  codeWords: '',
}

const median = (times: readonly number[]): number =>
  [...times].sort((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0

/** The largest distance between the shares of two samples below any time (Kolmogorov and Smirnov): 0 is the same. */
function apart(ones: readonly number[], others: readonly number[]): number {
  const below = (times: readonly number[], limit: number) =>
    times.filter(time => time <= limit).length / times.length
  return Math.max(...[...ones, ...others].map(time => Math.abs(below(ones, time) - below(others, time))))
}

function say(what: string, open: readonly number[], duress: readonly number[]): string {
  const chance = apart(
    open.filter((_, at) => at % 2 === 0),
    open.filter((_, at) => at % 2 === 1),
  )
  return `${what.padEnd(16)} ${median(open).toFixed(2)} ms and ${median(duress).toFixed(2)} ms, apart ${apart(open, duress).toFixed(2)} (two halves of the first: ${chance.toFixed(2)})`
}
