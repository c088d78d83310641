import { Readable } from 'node:stream'
import { withCase } from '../../src/audit/operations/access-case.ts'
import { askForBundle } from '../../src/bundle/operations/ask-for-bundle.ts'
import { decideBundle } from '../../src/bundle/operations/decide-bundle.ts'
import { createCase } from '../../src/cases/operations/create-case.ts'
import { receiveReferral } from '../../src/cases/operations/receive-referral.ts'
import { triageReferral } from '../../src/cases/operations/triage-referral.ts'
import { sealAboutAt } from '../../src/contact/store.ts'
import { readItem } from '../../src/evidence/operations/read-item.ts'
import { takeInEvidence } from '../../src/evidence/operations/take-in-evidence.ts'
import { type CasePart, caseParts } from '../../src/foundation/case-part.ts'
import { type CaseId, type MessageId, makeId, type PhraseUseId } from '../../src/foundation/ids.ts'
import type { JobName } from '../../src/foundation/job-name.ts'
import type { Role } from '../../src/identity/role.ts'
import { changePlan } from '../../src/plans/operations/change-plan.ts'
import type { Transaction } from '../../src/platform/database.ts'
import { askForJob } from '../../src/platform/jobs.ts'
import { newOnce } from '../../src/web/form.ts'
import { addNamedFiles, makeNamedFiles } from './named-files.ts'
import { openTestCase } from './test-case.ts'
import { asOwner, type TestClinic } from './test-clinic.ts'
import { toldReferral } from './told-referral.ts'

/** Asks for a job of one kind as the clinic does, and answers how it is seen that it was done. */
export type AskedJob = (world: TestClinic) => Promise<{ readonly isDone: () => Promise<boolean> }>

async function onCase<Answer>(
  world: TestClinic,
  role: Role,
  caseId: CaseId,
  part: CasePart,
  work: (transaction: Transaction) => Promise<Answer>,
): Promise<Answer> {
  const look = { caseId, part, mode: 'write' } as const
  const done = await withCase(world.clinic.database, world.as(role), look, async transaction => ({
    answer: await work(transaction),
  }))
  if (!done) throw new Error(`${role} may not open ${part}`)
  return done.answer
}

/** Whether a row is there, seen past the program. */
const isThere =
  (world: TestClinic, text: string, ...values: readonly unknown[]) =>
  (): Promise<boolean> =>
    asOwner(world.ownerUrl, async client => ((await client.query(text, [...values])).rowCount ?? 0) > 0)

/** The smallest picture there is, as a PNG. */
const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVQImWMQMgkDAAD4AJ2ZdwzOAAAAAElFTkSuQmCC',
  'base64',
)

/** One for each kind of job there is, by its name. */
export const everyJob: Readonly<Record<JobName, AskedJob>> = {
  'read-item': async world => {
    const caseId = await openTestCase(world)
    const taken = await takeInEvidence(world.clinic, world.as('cyber-adviser'), caseId, {
      name: 'chat.txt',
      broughtBy: 'ABC',
      howObtained: 'exported on her phone',
      body: Readable.from([Buffer.from('02/03/2026, 22:14 - Kay Made-up: where are you\n')]),
      answers: { zone: 'Europe/London', dateOrder: 'day-first' },
    })
    if (taken.kind === 'refused') throw new Error(taken.because)
    const read = "select 1 from unwatched.reading where item_id = $1 and state in ('done', 'asking')"
    return { isDone: isThere(world, read, taken.itemId) }
  },
  'make-safe-copy': async world => {
    const caseId = await openTestCase(world)
    const taken = await takeInEvidence(world.clinic, world.as('cyber-adviser'), caseId, {
      name: 'screen.png',
      broughtBy: 'ABC',
      howObtained: 'taken on her phone',
      body: Readable.from([onePixel]),
    })
    if (taken.kind === 'refused') throw new Error(taken.because)
    const reading = `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
      where t.id = j.task_id and t.identifier like 'read-item/%' and j.payload ->> 'itemId' = $1`
    await asOwner(world.ownerUrl, client => client.query(reading, [taken.itemId]))
    const made = 'select 1 from unwatched.safe_copy where item_id = $1 and blob_id is not null'
    return { isDone: isThere(world, made, taken.itemId) }
  },
  'merge-records': async world => {
    const caseId = await openTestCase(world)
    // Two generations of which neither is small enough to be taken into the other, nor large enough to be left.
    for (const times of [2000, 800]) {
      const line = `02/03/2026, 22:14 - Kay Made-up: ${'answer me now '.repeat(times)}\n`
      const taken = await takeInEvidence(world.clinic, world.as('cyber-adviser'), caseId, {
        name: `${times}.txt`,
        broughtBy: 'ABC',
        howObtained: 'exported on her phone',
        body: Readable.from([Buffer.from(line.repeat(30))]),
        answers: { zone: 'Europe/London', dateOrder: 'day-first' },
      })
      if (taken.kind === 'refused') throw new Error(taken.because)
      await readItem(world.clinic, caseId, taken.itemId)
      const read = "delete from graphile_worker._private_jobs where payload ->> 'itemId' = $1"
      await asOwner(world.ownerUrl, client => client.query(read, [taken.itemId]))
    }
    const merged =
      'select 1 from unwatched.record_block where case_id = $1 having count(distinct generation) = 2'
    return { isDone: isThere(world, merged, caseId) }
  },
  'build-bundle': async world => {
    const caseId = await openTestCase(world)
    const askedBy = world.people['stalking-advocate']
    const asked = await onCase(world, 'stalking-advocate', caseId, 'bundle', transaction =>
      askForBundle(transaction, caseId, {
        purpose: 'police-report',
        forAgency: world.agencies.police,
        choices: { records: 'all', note: '', exhibits: {} },
        askedBy,
        formToken: null,
      }),
    )
    if (!asked.allowed) throw new Error(asked.because)
    const decision = { approve: true, by: world.people.coordinator, note: 'seen' }
    await onCase(world, 'coordinator', caseId, 'bundle', transaction =>
      decideBundle(transaction, caseId, asked.bundleId, decision),
    )
    const ready = "select 1 from unwatched.bundle where bundle_id = $1 and state = 'ready'"
    return { isDone: isThere(world, ready, asked.bundleId) }
  },
  'send-message': async world => {
    const caseId = await openTestCase(world)
    const messageId = makeId<MessageId>(world.clock.now())
    const { clinicId, key } = world.clinic
    const holder = { clinicKey: () => key, actor: { clinicId } }
    const about = sealAboutAt(holder, messageId, world.clock.now())
    // Past the guard of the tables: what waits was asked for when the channel was known to be safe.
    await asOwner(world.ownerUrl, async client => {
      await client.query('set session_replication_role = replica')
      await client.query(
        `insert into unwatched.message (clinic_id, case_id, message_id, purpose, channel_id, about_sealed, about,
           asked_at, asked_by, state, changed_at)
         values ($1, $2, $3, 'appointment-reminder', 'c1', $6, 'a1', $4, $5, 'waiting', $4)`,
        [clinicId, caseId, messageId, world.clock.now(), world.people.coordinator, about],
      )
    })
    await onCase(world, 'coordinator', caseId, 'contact', transaction =>
      askForJob(transaction, 'send-message', { caseId, messageId }),
    )
    // Nothing was agreed about reaching the client, so the contact gate says no: it was asked, and that is what the job is for.
    const judged = "select 1 from unwatched.message where message_id = $1 and state = 'refused'"
    return { isDone: isThere(world, judged, messageId) }
  },
  'carry-over-contact': async world => {
    const { clinic } = world
    const as = world.as('coordinator')
    const told = toldReferral({ clientName: `Marigold ${world.clinic.clinicId.slice(-6)}` })
    const receipt = await receiveReferral(clinic, as, told, newOnce())
    const rows = await asOwner(world.ownerUrl, client =>
      client.query<{ case_id: CaseId }>(
        'select case_id from unwatched.referral where reference = $1 and clinic_id = $2',
        [receipt.reference, clinic.clinicId],
      ),
    )
    const caseId = rows.rows[0]?.case_id ?? makeId<CaseId>(world.clock.now())
    const triage = { type: 'not-clear-yet', typeReasons: [], flags: [], note: '', settled: [] } as const
    await clinic.database.transaction(as, transaction =>
      triageReferral(transaction, as.personId, caseId, { ...triage, judgement: 'routine' }, newOnce()),
    )
    const opener = { personId: as.personId, agencyId: world.agencies.lead }
    const agencies = [{ agencyId: world.agencies.lead, parts: caseParts, until: null }]
    const opening = { agencies, how: 'spoken-in-person' } as const
    const opened = await createCase(clinic, opener, caseId, opening, newOnce())
    if (!opened.allowed) throw new Error('the case was not opened')
    return { isDone: isThere(world, 'select 1 from unwatched.contact_plan where case_id = $1', caseId) }
  },
  'review-due': async world => {
    const caseId = await openTestCase(world)
    const made = await onCase(world, 'idva', caseId, 'plan', transaction =>
      changePlan(
        world.clinic,
        transaction,
        world.people.idva,
        caseId,
        { kind: 'make', startsOn: '2026-03-02', endsOn: '2026-08-02', safetyAtStart: null },
        null,
      ),
    )
    if (!made.allowed) throw new Error('the plan was not made')
    const raised = "select 1 from unwatched.task where case_id = $1 and kind = 'review-due'"
    return { isDone: isThere(world, raised, caseId) }
  },
  'keep-names': async world => {
    const { clinic } = world
    // Fewer than these are compared one by one.
    const names = Array.from({ length: 70 }, (_, index) => [`Marigold ${index}`, 'Osbert Crane'] as const)
    await addNamedFiles(world.ownerUrl, clinic, makeNamedFiles(names))
    await clinic.database.transaction(world.as('coordinator'), transaction =>
      askForJob(transaction, 'keep-names', { again: 'no' }),
    )
    const kept = 'select 1 from unwatched.name_root where clinic_id = $1'
    return { isDone: isThere(world, kept, clinic.clinicId) }
  },
  'tell-on-call': async world => {
    const caseId = await openTestCase(world)
    const useId = makeId<PhraseUseId>(world.clock.now())
    await asOwner(world.ownerUrl, client =>
      client.query('insert into unwatched.phrase_use values ($1, $2, $3, $4, $5)', [
        world.clinic.clinicId,
        caseId,
        useId,
        'duress',
        world.clock.now(),
      ]),
    )
    await onCase(world, 'coordinator', caseId, 'contact', transaction =>
      askForJob(transaction, 'tell-on-call', { useId }),
    )
    // The profile names nobody, so nobody is written to; that is what was found out.
    const told = "select 1 from unwatched.phrase_use where use_id = $1 and told = 'no-address'"
    return { isDone: isThere(world, told, useId) }
  },
}
