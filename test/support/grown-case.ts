import { revisionField } from '../../src/chronology/incident-row.ts'
import { fieldOfChoice } from '../../src/chronology/operations/load-conduct.ts'
import { signCheckpoint } from '../../src/evidence/checkpoint-key.ts'
import { clinicSigner, custodyOrigin } from '../../src/evidence/clinic-signer.ts'
import { appendCustodyLine, newCustodyLog } from '../../src/evidence/custody-log.ts'
import type { ReadingStatus } from '../../src/evidence/reading-status.ts'
import {
  arrivalPart,
  custodyHeadPart,
  custodyLinePart,
  emptyReading,
  itemPart,
  readingPart,
} from '../../src/evidence/sealed-item.ts'
import { type Sha256, sha256 } from '../../src/foundation/digest.ts'
import {
  type ArrivalId,
  type CaseId,
  type IncidentId,
  type ItemId,
  makeId,
} from '../../src/foundation/ids.ts'
import { sealValue } from '../../src/platform/seal-value.ts'
import { wholeAccount } from './made-items.ts'
import { asOwner, type TestClinic } from './test-clinic.ts'
import { ownSeal } from './test-records.ts'

/** Far more of everything than a page may read of one case. */
export const manyOfACase = 5000
/** How many incidents, which numbers of them are one course of conduct, and up to which somebody looked at them. */
export type GrownIncidents = {
  readonly many: number
  readonly chosen: readonly number[]
  readonly highest: number
}

const upTo = (many: number): readonly number[] => Array.from({ length: many }, (_, index) => index + 1)

/** Thousands of incidents in one case, with a choice of some hundreds of them. */
const grown: GrownIncidents = { many: manyOfACase, chosen: upTo(300), highest: 600 }

/** Incidents of a case, one every hour before now, each told twice, every other one of contact: set-wise, past the program. */
export async function growIncidents(
  world: TestClinic,
  caseId: CaseId,
  { many, chosen, highest }: GrownIncidents = grown,
): Promise<void> {
  const { clinicId, clock } = world.clinic
  const { coordinator } = world.people
  const seal = await ownSeal(world, caseId)
  const made = upTo(many).map(number => ({ number, incidentId: makeId<IncidentId>(clock.now()) }))
  await asOwner(world.ownerUrl, async owner => {
    await owner.query(
      `insert into unwatched.incident (clinic_id, case_id, incident_id, number, made_at, made_by)
       select $1, $2, n.id, n.number, $3, $4 from unnest($5::uuid[], $6::integer[]) n (id, number)`,
      [
        clinicId,
        caseId,
        clock.now(),
        coordinator,
        made.map(each => each.incidentId),
        made.map(each => each.number),
      ],
    )
    for (const revision of [1, 2])
      await owner.query(
        `insert into unwatched.incident_revision (clinic_id, case_id, incident_id, revision, at, by_person, precision,
           starts_at, zone, what, her_words, changed, where_coarse, told_to, platform, codes, origin, reason)
         select $1, $2, n.id, $3, $4, $5, 'exact', $4::timestamptz - n.number * interval '1 hour', 'Europe/London', n.what,
           '', '', '', '', '', case when n.number % 2 = 0 then '{B_CONTACT}'::text[] else '{A_FOLLOW}' end, 'told-by-client', ''
         from unnest($6::uuid[], $7::integer[], $8::bytea[]) n (id, number, what)`,
        [
          clinicId,
          caseId,
          revision,
          clock.now(),
          coordinator,
          made.map(each => each.incidentId),
          made.map(each => each.number),
          made.map(({ incidentId, number }) =>
            seal.sealNow(revisionField(incidentId, revision, 'what'), `What happened, told as ${number}`),
          ),
        ],
      )
    const incidents = made.filter(each => chosen.includes(each.number)).map(each => each.incidentId)
    const assaults = incidents.slice(0, 1)
    const choice = { incidents, assaults, statementOn: null, evidenceOn: null, why: '', highest }
    await owner.query(
      `insert into unwatched.conduct_choice (clinic_id, case_id, revision, at, by_person, sealed)
       values ($1, $2, 1, $3, $4, $5)`,
      [clinicId, caseId, clock.now(), coordinator, await seal.seal(fieldOfChoice(1), JSON.stringify(choice))],
    )
  })
}

/** Acts of a case: so many of a person, and as many that the program did by itself, each in a transaction of its own. */
export async function growActs(world: TestClinic, caseId: CaseId, many = manyOfACase): Promise<void> {
  const { clinicId, clock } = world.clinic
  await asOwner(world.ownerUrl, owner =>
    owner.query(
      `insert into unwatched.act (clinic_id, at, person_id, task, verb, case_id, part, xid)
       select $1, $2, case when n % 2 = 0 then $3::uuid end, case when n % 2 = 1 then 'job-read-item' end,
         case when n % 2 = 0 then 'plan-reviewed' else 'evidence-read' end, $4, 'plan', n::text::xid8
       from generate_series(1, 2 * $5::integer) n`,
      [clinicId, clock.now(), world.people.coordinator, caseId, many],
    ),
  )
}

/** How the items of a grown case stand, one behind the other and then again. */
export type GrownItem = Exclude<ReadingStatus, 'unread'> | 'nameless'

/** Mostly read, and now and then something that a person has to look at. */
const grownItems: readonly GrownItem[] = [
  ...upTo(95).map(() => 'read' as const),
  ...(['failed', 'asking', 'in-doubt', 'being-read', 'nameless'] as const),
]

/** Items of a case, each with its arrival and its reading: set-wise, past the program. */
export async function growItems(
  world: TestClinic,
  caseId: CaseId,
  many = manyOfACase,
  statuses: readonly GrownItem[] = grownItems,
): Promise<readonly ItemId[]> {
  const { clinicId, clock } = world.clinic
  const seal = await ownSeal(world, caseId)
  const made = upTo(many).map(number => {
    // In the order of their ids, as they came.
    const itemId = makeId<ItemId>(new Date(clock.now().getTime() + number))
    const arrivalId = makeId<ArrivalId>(clock.now())
    const status = statuses[(number - 1) % statuses.length] ?? 'read'
    const exhibitRef = `GC/${number}`
    const digest = sha256(exhibitRef)
    const account =
      status === 'in-doubt'
        ? { ...wholeAccount, problemCount: 1 }
        : status === 'read' || status === 'nameless'
          ? wholeAccount
          : null
    const questions = status === 'nameless' ? [{ name: 'app', holdsUp: false }] : []
    // Short of their usual padding, which would take a hundred times the space.
    const sealed = (field: string, content: unknown) => sealValue(seal, field, content, 64)
    return {
      itemId,
      arrivalId,
      file: seal.fingerprintOf('file', digest),
      reference: seal.fingerprintOf('reference', exhibitRef),
      item: sealed(itemPart(itemId).field, {
        sha256: digest,
        size: number,
        mediaType: 'text/plain',
        kind: 'text',
        exhibitRef,
      }),
      arrival: sealed(arrivalPart(arrivalId).field, {
        broughtBy: 'GC',
        howObtained: '',
        originalName: `file ${number}.txt`,
        receipt: '{"size":1}',
      }),
      state:
        ({ failed: 'failed', asking: 'asking', 'being-read': 'waiting' } as Record<string, string>)[status] ??
        'done',
      reading: sealed(readingPart(itemId).field, { ...emptyReading, format: 'whatsapp', account, questions }),
    }
  })
  const column = <Name extends keyof (typeof made)[number]>(name: Name) => made.map(each => each[name])
  await asOwner(world.ownerUrl, async owner => {
    await owner.query(
      `insert into unwatched.item (clinic_id, case_id, item_id, blob_id, received_at, file_fingerprint,
         reference_fingerprint, sealed)
       select $1, $2, n.id, n.id, $3, n.file, n.reference, n.sealed
       from unnest($4::uuid[], $5::text[], $6::text[], $7::bytea[]) n (id, file, reference, sealed)`,
      [clinicId, caseId, clock.now(), column('itemId'), column('file'), column('reference'), column('item')],
    )
    await owner.query(
      `insert into unwatched.arrival (clinic_id, case_id, arrival_id, item_id, arrived_at, log_size, sealed)
       select $1, $2, n.id, n.item, $3, n.place, n.sealed
       from unnest($4::uuid[], $5::uuid[], $6::bytea[]) with ordinality n (id, item, sealed, place)`,
      [clinicId, caseId, clock.now(), column('arrivalId'), column('itemId'), column('arrival')],
    )
    await owner.query(
      `insert into unwatched.reading (clinic_id, case_id, item_id, state, sealed)
       select $1, $2, n.id, n.state, n.sealed from unnest($3::uuid[], $4::text[], $5::bytea[]) n (id, state, sealed)`,
      [clinicId, caseId, column('itemId'), column('state'), column('reading')],
    )
  })
  return column('itemId')
}

/** Lines of custody of a case: a log that is whole, with its signed head. Set-wise, past the program. */
export async function growCustody(world: TestClinic, caseId: CaseId, many = manyOfACase): Promise<void> {
  const { clinicId, clock, key } = world.clinic
  const seal = await ownSeal(world, caseId)
  const at = clock.now().toISOString()
  let head = newCustodyLog
  let root = ''
  const sealed = upTo(many).map(() => {
    const actor = { person: 'Somebody', agency: 'Somewhere' }
    const written = appendCustodyLine(head, { at, actor, act: 'read', item: null, detail: {} })
    head = written.head
    root = written.root
    return sealValue(seal, custodyLinePart(written.line.sequence).field, { line: written.text }, 64)
  })
  const checkpoint = signCheckpoint(
    { origin: custodyOrigin(clinicId, caseId), size: many, root: root as Sha256 },
    clinicSigner(key, clinicId),
  )
  const kept = { size: many, state: { ...head, at }, checkpoint }
  await asOwner(world.ownerUrl, async owner => {
    await owner.query(
      `insert into unwatched.custody_line (clinic_id, case_id, sequence, sealed)
       select $1, $2, n.place - 1, n.sealed from unnest($3::bytea[]) with ordinality n (sealed, place)`,
      [clinicId, caseId, sealed],
    )
    await owner.query('insert into unwatched.custody_head (clinic_id, case_id, sealed) values ($1, $2, $3)', [
      clinicId,
      caseId,
      sealValue(seal, custodyHeadPart.field, kept, custodyHeadPart.least),
    ])
  })
}
