import { type RawBuilder, sql } from 'kysely'
import type { CaseId, IncidentId } from '../foundation/ids.ts'
import {
  makePageOfList,
  mostCounted,
  type PagedRow,
  type PageOfList,
  type PlaceInList,
} from '../foundation/page-of-list.ts'
import type { CaseSeal } from '../platform/case-seal.ts'
import type { Transaction } from '../platform/database.ts'
import { pageRows } from '../platform/page-rows.ts'
import type { Row } from '../platform/schema.ts'
import { parseActCode } from './act-codes.ts'
import { newestChoices, type SealedChoice } from './conduct-store.ts'
import type { Incident, IncidentInShort } from './incident.ts'
import { everyIncident, type IncidentFilter } from './incident-filter.ts'
import { type RevisionRow, readRevision, readWhen } from './incident-row.ts'
import { revisionColumns } from './store.ts'

/** What the sealed choice of a course of conduct says, by which a list of incidents can be narrowed down. */
export type ChosenConduct = { readonly incidents: readonly IncidentId[]; readonly highest: number }

const newestOf = (incident: RawBuilder<unknown>) => sql`join lateral (
    select m.* from unwatched.incident_revision m
    where m.clinic_id = ${incident}.clinic_id and m.case_id = ${incident}.case_id and m.incident_id = ${incident}.incident_id
    order by m.revision desc limit 1) r on true`

/** A page of the incidents of a case, as they are told now. Only what is on it is opened. */
export async function loadIncidentPage(
  transaction: Transaction,
  caseId: CaseId,
  seal: CaseSeal,
  filter: IncidentFilter,
  chosen: ChosenConduct | null,
  place: PlaceInList,
): Promise<PageOfList<Incident>> {
  const { clinicId } = transaction.actor
  const found = await sql<PagedRow & RevisionRow>`
    select s.place, s.counted, ${revisionColumns}
    from ${pageRows(idsInOrder(transaction, caseId, filter, chosen, place), place)} s
    join unwatched.incident n on n.clinic_id = ${clinicId} and n.case_id = ${caseId} and n.incident_id = s.id
    ${newestOf(sql`n`)}
    left join unwatched.person p on p.clinic_id = r.clinic_id and p.person_id = r.by_person
    order by s.place`.execute(transaction.tables())
  return makePageOfList(
    found.rows,
    place,
    row => toIncident(row, seal),
    row => row.incident_id,
  )
}

/** The ids of the incidents that a filter lets through, in its order, from where a part of the list begins. */
function idsInOrder(
  transaction: Transaction,
  caseId: CaseId,
  { show, order }: IncidentFilter,
  chosen: ChosenConduct | null,
  place: PlaceInList,
): RawBuilder<unknown> {
  const { clinicId } = transaction.actor
  const ids = [...(chosen?.incidents ?? [])]
  const highest = chosen?.highest ?? 0
  const isLater = order === 'newest'
  const shown = {
    all: sql``,
    chosen: sql`and n.incident_id = any (${ids}::uuid[])`,
    'not-chosen': sql`and n.number <= ${highest} and n.incident_id <> all (${ids}::uuid[])`,
    'not-looked-at': sql`and n.number > ${highest}`,
  }[show]
  const after =
    place.after === null
      ? sql``
      : sql`and n.number ${sql.raw(isLater ? '<' : '>')} (select l.number from unwatched.incident l
          where l.clinic_id = ${clinicId} and l.case_id = ${caseId} and l.incident_id = ${place.after})`
  return sql`select n.incident_id from unwatched.incident n
    where n.clinic_id = ${clinicId} and n.case_id = ${caseId} ${shown} ${after}
    order by n.number ${sql.raw(isLater ? 'desc' : 'asc')}`
}

/** What one statement reads for the form in which a course of conduct is chosen. */
export type IncidentsToChoose = {
  /** All incidents of the case, the newest first, a page of them. */
  readonly list: PageOfList<Incident>
  /** How many incidents the case has in all. */
  readonly made: number
  /** The choices so far, the newest first, no more than asked for. */
  readonly choices: readonly SealedChoice[]
}

/** A page of the incidents of a case to choose from, with the choices so far. */
export async function loadIncidentsToChoose(
  transaction: Transaction,
  caseId: CaseId,
  seal: CaseSeal,
  place: PlaceInList,
  atMost: number,
): Promise<IncidentsToChoose> {
  type ChoiceInJson = Omit<SealedChoice, 'at' | 'sealed'> & { readonly at: string; readonly sealed: string }
  const { clinicId } = transaction.actor
  // What is said of all of them stands in the first row alone, which is there also where the page is empty.
  const found = await sql<
    RevisionRow &
      Omit<PagedRow, 'place'> & { place: number | null; made: number; choices: ChoiceInJson[] | null }
  >`
    select c.made, case when row_number() over (order by s.place) = 1 then c.choices end as choices,
      s.place, s.counted, ${revisionColumns}
    from (select (select coalesce(max(h.number), 0) from unwatched.incident h
        where h.clinic_id = ${clinicId} and h.case_id = ${caseId}) as made,
      (select jsonb_agg(jsonb_build_object('revision', k.revision, 'at', k.at, 'byName', k.by_name,
          'sealed', encode(k.sealed, 'base64')) order by k.revision desc)
        from (${newestChoices(transaction, caseId, atMost)}) k) as choices) c
    left join (${pageRows(idsInOrder(transaction, caseId, { ...everyIncident, order: 'newest' }, null, place), place)} s
      join unwatched.incident n on n.clinic_id = ${clinicId} and n.case_id = ${caseId} and n.incident_id = s.id
      ${newestOf(sql`n`)}
      left join unwatched.person p on p.clinic_id = r.clinic_id and p.person_id = r.by_person) on true
    order by s.place`.execute(transaction.tables())
  const isOnPage = (row: (typeof found.rows)[number]): row is (typeof found.rows)[number] & PagedRow =>
    row.place !== null
  const [first] = found.rows
  return {
    list: makePageOfList(
      found.rows.filter(isOnPage),
      place,
      row => toIncident(row, seal),
      row => row.incident_id,
    ),
    made: first?.made ?? 0,
    choices: (first?.choices ?? []).map(({ at, sealed, ...choice }) => ({
      ...choice,
      at: new Date(at),
      sealed: Buffer.from(sealed, 'base64'),
    })),
  }
}

/** These incidents of a case, as they are told now, the last made first. */
export async function loadIncidentsNamed(
  transaction: Transaction,
  caseId: CaseId,
  seal: CaseSeal,
  ids: readonly IncidentId[],
): Promise<readonly Incident[]> {
  if (ids.length === 0) return []
  const { clinicId } = transaction.actor
  const found = await sql<RevisionRow>`
    select ${revisionColumns} from unwatched.incident n ${newestOf(sql`n`)}
    left join unwatched.person p on p.clinic_id = r.clinic_id and p.person_id = r.by_person
    where n.clinic_id = ${clinicId} and n.case_id = ${caseId} and n.incident_id = any (${[...ids]}::uuid[])
    order by n.number desc`.execute(transaction.tables())
  return found.rows.map(row => toIncident(row, seal))
}

const toIncident = (row: RevisionRow, seal: CaseSeal): Incident => {
  const { incidentId, number, revision } = readRevision(row, seal.openNow)
  return { incidentId, number, newest: revision }
}

/** What lies in the open of these incidents, by number, and how many the case has in all: none of them is opened. */
export async function loadIncidentsInShort(
  transaction: Transaction,
  caseId: CaseId,
  ids: readonly IncidentId[],
): Promise<{ readonly incidents: readonly IncidentInShort[]; readonly made: number }> {
  const { clinicId } = transaction.actor
  // Numbers have no gaps and no incident goes, so the highest is how many there are.
  const found = await sql<{ made: number } & { [Column in keyof ShortRow]: ShortRow[Column] | null }>`
    select c.made, f.* from (select coalesce(max(h.number), 0) as made from unwatched.incident h
        where h.clinic_id = ${clinicId} and h.case_id = ${caseId}) c
    left join (select ${shortColumns} from unwatched.incident n ${newestOf(sql`n`)}
      where n.clinic_id = ${clinicId} and n.case_id = ${caseId} and n.incident_id = any (${[...ids]}::uuid[])) f on true
    order by f.number`.execute(transaction.tables())
  return {
    made: found.rows[0]?.made ?? 0,
    incidents: found.rows.flatMap(row => (row.incident_id === null ? [] : [toShort(row as ShortRow)])),
  }
}

/**
 * What lies in the open of incidents, the newest first: those before one that is named, or from the newest on, and one
 * more than a list counts.
 */
export async function loadNewestInShort(
  transaction: Transaction,
  caseId: CaseId,
  after: string | null,
): Promise<readonly IncidentInShort[]> {
  const { clinicId } = transaction.actor
  const found = await sql<ShortRow>`select ${shortColumns} from unwatched.incident n ${newestOf(sql`n`)}
    where n.clinic_id = ${clinicId} and n.case_id = ${caseId} ${
      after === null
        ? sql``
        : sql`and n.number < (select l.number from unwatched.incident l
            where l.clinic_id = ${clinicId} and l.case_id = ${caseId} and l.incident_id = ${after})`
    } order by n.number desc limit ${mostCounted + 1}`.execute(transaction.tables())
  return found.rows.map(toShort)
}

/** What lies in the open of every incident of a case, by number. */
export async function loadEveryIncidentInShort(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly IncidentInShort[]> {
  const { clinicId } = transaction.actor
  const found = await sql<ShortRow>`select ${shortColumns} from unwatched.incident n ${newestOf(sql`n`)}
    where n.clinic_id = ${clinicId} and n.case_id = ${caseId} order by n.number`.execute(transaction.tables())
  return found.rows.map(toShort)
}

type ShortRow = Pick<Row<'incident'>, 'incident_id' | 'number'> &
  Pick<Row<'incident_revision'>, 'at' | 'starts_at' | 'ends_at' | 'codes'> &
  Pick<RevisionRow, 'precision'>

const shortColumns = sql.raw('n.incident_id, n.number, r.at, r.precision, r.starts_at, r.ends_at, r.codes')

const toShort = (row: ShortRow): IncidentInShort => ({
  incidentId: row.incident_id,
  number: row.number,
  newest: {
    when: readWhen(row),
    at: row.at,
    codes: row.codes.map(parseActCode).filter(code => code !== null),
  },
})
