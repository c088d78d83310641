import type { EvidenceRecord, RecordKind } from './importers/importer.ts'

/** What a record counts as on the timeline: its kind, or that nobody knows whose words it holds. */
export type LineKind = RecordKind | 'unsettled'

/**
 * What a record counts as. Words that are the app's or a person's, nobody knows which, are a kind of their own: they
 * stand among the messages and among the lines of the app, so that anyone who looks for either sees them, and they are
 * never counted as proof that the app wrote them.
 */
export function lineKindOf({ kind, writtenByApp }: Pick<EvidenceRecord, 'kind' | 'writtenByApp'>): LineKind {
  const isWords = kind === 'message' || kind === 'system'
  return isWords && writtenByApp?.answer === 'not decided' ? 'unsettled' : kind
}
