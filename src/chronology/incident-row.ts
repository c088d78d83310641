import type { IncidentId, ItemId, PersonId } from '../foundation/ids.ts'
import { parseActCode } from './act-codes.ts'
import type { IncidentRevision, Precision, When } from './incident.ts'

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
  what: string
  her_words: string
  changed: string
  where_coarse: string
  told_to: string
  platform: string
  codes: readonly string[]
  reason: string
  records: readonly { readonly itemId: ItemId; readonly ordinal: number; readonly sender: string }[]
}

/** A revision as it is stored, with the senders of its records. */
export type StoredRevision = {
  readonly incidentId: IncidentId
  readonly number: number
  readonly revision: IncidentRevision
  readonly senders: readonly string[]
}

/** Reads a row into the type that the rules speak. */
export function readRevision(row: RevisionRow): StoredRevision {
  return {
    incidentId: row.incident_id,
    number: row.number,
    senders: [...new Set(row.records.map(each => each.sender))],
    revision: {
      revision: row.revision,
      at: row.at,
      byPerson: row.by_person,
      byName: row.by_name ?? '',
      when: readWhen(row),
      zone: row.zone,
      noticedOn: row.noticed_on,
      what: row.what,
      herWords: row.her_words,
      changed: row.changed,
      whereCoarse: row.where_coarse,
      toldTo: row.told_to,
      platform: row.platform,
      codes: row.codes.map(parseActCode).filter(code => code !== null),
      records: row.records.map(({ itemId, ordinal }) => ({ itemId, ordinal })),
      reason: row.reason,
    },
  }
}

function readWhen(row: Pick<RevisionRow, 'precision' | 'starts_at' | 'ends_at'>): When {
  if (row.starts_at === null || row.precision === 'unknown') return { precision: 'unknown' }
  if (row.precision === 'between') {
    return { precision: 'between', startsAt: row.starts_at, endsAt: row.ends_at ?? row.starts_at }
  }
  return { precision: row.precision, startsAt: row.starts_at }
}
