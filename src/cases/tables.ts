import type { Row, Tables } from '../platform/schema.ts'
import type { Urgency } from './red-flags.ts'
import type { SealedFieldKind } from './referral.ts'
import type { StalkerType } from './triage.ts'

export type ReferralRow = Row<'referral'>
export type ConsentRow = Omit<Row<'consent'>, 'approved_by'>
export type ExceptionRow = Row<'exception_request'>

/** The tables of this room, as the store sees them; the code knows more of some columns than the database does. */
export type CasesTables = Pick<
  Tables,
  'referral' | 'file_key' | 'triage' | 'consent' | 'bar' | 'suspect' | 'person'
> & {
  sealed_field: Tables['sealed_field'] & { kind: SealedFieldKind }
  case_file: Tables['case_file'] & { stalker_type: StalkerType; urgency: Urgency }
}
