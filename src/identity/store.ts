import { sql } from 'kysely'
import type { Json } from '../foundation/canonical-json.ts'
import type { AgencyId, PersonId } from '../foundation/ids.ts'
import {
  makePageOfList,
  type PagedRow,
  type PageOfList,
  type PlaceInList,
} from '../foundation/page-of-list.ts'
import type { Transaction } from '../platform/database.ts'
import { pageRows } from '../platform/page-rows.ts'
import type { Tables } from '../platform/schema.ts'
import type { NewPerson, Person, PersonState } from './person.ts'
import { parseRole, type Role } from './role.ts'
import { normaliseSignInName } from './sign-in-name.ts'

type IdentityTables = Pick<Tables, 'clinic' | 'agency' | 'person' | 'form_once'>

export type NewAgency = {
  readonly agencyId: AgencyId
  readonly slug: string
  readonly name: string
  readonly kind: Tables['agency']['kind']
  readonly isLead: boolean
}
const tablesOf = (transaction: Transaction) => transaction.tables<IdentityTables>()

/** A role as the database keeps it; its check holds the two lists equal. */
export function readRole(text: string): Role {
  const role = parseRole(text)
  if (!role) throw new Error('a role that this version does not know')
  return role
}

export async function insertClinic(
  transaction: Transaction,
  clinic: { slug: string; name: string; profile: Json; keyId: string; isDemo: boolean },
): Promise<void> {
  await tablesOf(transaction)
    .insertInto('clinic')
    .values({
      clinic_id: transaction.actor.clinicId,
      slug: clinic.slug,
      name: clinic.name,
      profile: JSON.stringify(clinic.profile),
      key_id: clinic.keyId,
      is_demo: clinic.isDemo,
      opened_at: transaction.now,
    })
    .execute()
}

export async function insertAgencies(
  transaction: Transaction,
  agencies: readonly NewAgency[],
): Promise<void> {
  await tablesOf(transaction)
    .insertInto('agency')
    .values(
      agencies.map(agency => ({
        clinic_id: transaction.actor.clinicId,
        agency_id: agency.agencyId,
        slug: agency.slug,
        name: agency.name,
        kind: agency.kind,
        is_lead: agency.isLead,
      })),
    )
    .execute()
}

export async function loadAgencies(
  transaction: Transaction,
): Promise<readonly { readonly agencyId: AgencyId; readonly name: string }[]> {
  const rows = await tablesOf(transaction)
    .selectFrom('agency')
    .select(['agency_id', 'name'])
    .orderBy('is_lead', 'desc')
    .orderBy('name')
    .execute()
  return rows.map(row => ({ agencyId: row.agency_id, name: row.name }))
}

export async function loadClinicName(transaction: Transaction): Promise<string> {
  const row = await tablesOf(transaction).selectFrom('clinic').select('name').executeTakeFirst()
  return row?.name ?? ''
}

export async function isDemoClinic(transaction: Transaction): Promise<boolean> {
  const row = await tablesOf(transaction).selectFrom('clinic').select('is_demo').executeTakeFirst()
  return row?.is_demo ?? false
}

/** Adds somebody; false when the sign-in name is taken. */
export async function insertPerson(
  transaction: Transaction,
  personId: PersonId,
  person: NewPerson,
  state: PersonState,
): Promise<boolean> {
  const added = await tablesOf(transaction)
    .insertInto('person')
    .values({
      clinic_id: transaction.actor.clinicId,
      person_id: personId,
      agency_id: person.agencyId,
      role: person.role,
      name: person.name,
      sign_in_name: normaliseSignInName(person.signInName),
      state,
      joined_at: transaction.now,
    })
    .onConflict(conflict => conflict.columns(['clinic_id', 'sign_in_name']).doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}

const peopleOf = (transaction: Transaction) =>
  tablesOf(transaction)
    .selectFrom('person as p')
    .innerJoin('agency as g', join =>
      join.onRef('g.clinic_id', '=', 'p.clinic_id').onRef('g.agency_id', '=', 'p.agency_id'),
    )
    .select([
      'p.person_id',
      'p.name',
      'p.sign_in_name',
      'p.role',
      'p.state',
      'p.agency_id',
      'g.name as agency',
    ])

type PersonRow = {
  person_id: PersonId
  name: string
  sign_in_name: string
  role: string
  state: PersonState
  agency_id: AgencyId
  agency: string
}

function toPerson(row: PersonRow): Person {
  return {
    personId: row.person_id,
    name: row.name,
    signInName: row.sign_in_name,
    role: readRole(row.role),
    state: row.state,
    agencyId: row.agency_id,
    agencyName: row.agency,
  }
}

export async function loadPeople(transaction: Transaction): Promise<readonly Person[]> {
  const rows = await peopleOf(transaction).orderBy('p.name').execute()
  return rows.map(toPerson)
}

/** A page of them, by name. */
export async function loadPeoplePage(
  transaction: Transaction,
  place: PlaceInList,
): Promise<PageOfList<Person>> {
  const { clinicId } = transaction.actor
  const ids = sql`select p.person_id from unwatched.person p where p.clinic_id = ${clinicId}
    ${
      place.after === null
        ? sql``
        : sql`and (p.name, p.person_id) > (select l.name, l.person_id from unwatched.person l
            where l.clinic_id = ${clinicId} and l.person_id = ${place.after})`
    }
    order by p.name, p.person_id`
  const found = await sql<PagedRow & PersonRow>`
    select r.place, r.counted, p.person_id, p.name, p.sign_in_name, p.role, p.state, p.agency_id, g.name as agency
    from ${pageRows(ids, place)} r
    join unwatched.person p on p.clinic_id = ${clinicId} and p.person_id = r.id
    join unwatched.agency g on g.clinic_id = p.clinic_id and g.agency_id = p.agency_id
    order by r.place`.execute(transaction.tables())
  return makePageOfList(found.rows, place, toPerson, row => row.person_id)
}

export async function loadPerson(transaction: Transaction, personId: PersonId): Promise<Person | null> {
  const row = await peopleOf(transaction).where('p.person_id', '=', personId).executeTakeFirst()
  return row ? toPerson(row) : null
}

export async function setPersonState(
  transaction: Transaction,
  personId: PersonId,
  state: PersonState,
): Promise<void> {
  await tablesOf(transaction).updateTable('person').set({ state }).where('person_id', '=', personId).execute()
}

/** Whether somebody ever enrolled, and so has something to come back with; in a demo, everybody has a link. */
export async function hasJoined(transaction: Transaction, personId: PersonId): Promise<boolean> {
  const found = await sql<{ has: boolean }>`select unwatched.has_joined(${personId}) as has`.execute(
    transaction.tables(),
  )
  return found.rows[0]?.has ?? false
}

/** In how many coming appointments somebody sits: a number, for an administrator. */
export async function loadComingAppointmentCount(
  transaction: Transaction,
  personId: PersonId,
): Promise<number> {
  const found = await sql<{
    n: number | null
  }>`select unwatched.coming_appointments_of(${personId}) as n`.execute(transaction.tables())
  return found.rows[0]?.n ?? 0
}

/** Keeps a form from being done twice: true for the first sending; a second waits for the first, then reads its answer. */
export async function claimForm(
  transaction: Transaction,
  token: string,
  answer: string,
): Promise<{ readonly isFirst: boolean; readonly answer: string }> {
  const tables = tablesOf(transaction)
  const claimed = await tables
    .insertInto('form_once')
    .values({ clinic_id: transaction.actor.clinicId, token, at: transaction.now, answer })
    .onConflict(conflict => conflict.columns(['clinic_id', 'token']).doNothing())
    .executeTakeFirst()
  if (claimed.numInsertedOrUpdatedRows === 1n) return { isFirst: true, answer }
  const kept = await tables
    .selectFrom('form_once')
    .select('answer')
    .where('token', '=', token)
    .executeTakeFirstOrThrow()
  return { isFirst: false, answer: kept.answer }
}

/** What a form that was sent before was answered with, or null. */
export async function loadClaim(transaction: Transaction, token: string): Promise<string | null> {
  const row = await tablesOf(transaction)
    .selectFrom('form_once')
    .select('answer')
    .where('token', '=', token)
    .executeTakeFirst()
  return row?.answer ?? null
}
