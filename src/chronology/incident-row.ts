import type { IncidentId, ItemId, PersonId } from '../foundation/ids.ts'
import { parseActCode } from './act-codes.ts'
import type { IncidentRevision, Precision, When } from './incident.ts'
import { parseSign } from './signs.ts'
import { parseToldWhom } from './telling.ts'

/** A row of the table of revisions, with its incident's number and the records it rests on. */
export type RevisionRow = {
  incident_id: IncidentId
  number: number
  revision: number
  at: Date
  by_person: PersonId
  by_name: string | null
  precision: Precision
  starts_at: Date | null
  ends_at: Date | null
  zone: string
  noticed_on: string | null
  what: Buffer
  her_words: Buffer
  changed: Buffer
  where_coarse: Buffer
  told_to: Buffer
  told_whom: string
  told_on: string | null
  told_reference: Buffer
  shows: readonly string[]
  platform: Buffer
  codes: readonly string[]
  reason: Buffer
  records: readonly { readonly itemId: ItemId; readonly ordinal: number }[]
}

/** A revision as it is stored, with its incident. */
export type StoredRevision = {
  readonly incidentId: IncidentId
  readonly number: number
  readonly revision: IncidentRevision
}

/** The field a text of a revision is sealed as: it opens in no other place. */
export function revisionField(incidentId: IncidentId, revision: number, name: string): string {
  return `incident ${incidentId} ${revision} ${name}`
}

/** Reads a row into the type that the rules speak. A text that is empty was never sealed. */
export function readRevision(
  row: RevisionRow,
  openField: (field: string, sealed: Buffer) => string,
): StoredRevision {
  const open = (name: string, sealed: Buffer): string =>
    sealed.length === 0 ? '' : openField(revisionField(row.incident_id, row.revision, name), sealed)
  const whom = parseToldWhom(row.told_whom)
  return {
    incidentId: row.incident_id,
    number: row.number,
    revision: {
      revision: row.revision,
      at: row.at,
      byPerson: row.by_person,
      byName: row.by_name ?? '',
      when: readWhen(row),
      zone: row.zone,
      noticedOn: row.noticed_on,
      what: open('what', row.what),
      clientWords: open('her-words', row.her_words),
      changed: open('changed', row.changed),
      whereCoarse: open('where', row.where_coarse),
      toldTo: open('told-to', row.told_to),
      telling: whom && { whom, on: row.told_on, reference: open('told-reference', row.told_reference) },
      shows: row.shows.map(parseSign).filter(sign => sign !== null),
      platform: open('platform', row.platform),
      codes: row.codes.map(parseActCode).filter(code => code !== null),
      records: row.records.map(({ itemId, ordinal }) => ({ itemId, ordinal })),
      reason: open('reason', row.reason),
    },
  }
}

/** When it was, as its columns say. */
export function readWhen(row: Pick<RevisionRow, 'precision' | 'starts_at' | 'ends_at'>): When {
  if (row.starts_at === null || row.precision === 'unknown') return { precision: 'unknown' }
  if (row.precision === 'between') {
    return { precision: 'between', startsAt: row.starts_at, endsAt: row.ends_at ?? row.starts_at }
  }
  return { precision: row.precision, startsAt: row.starts_at }
}
