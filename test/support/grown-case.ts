import { revisionField } from '../../src/chronology/incident-row.ts'
import { fieldOfChoice } from '../../src/chronology/operations/load-conduct.ts'
import { type CaseId, type IncidentId, makeId } from '../../src/foundation/ids.ts'
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
