import type { FormProblem } from '../../../foundation/decision.ts'
import type { FormFields } from '../../../web/request.ts'
import type { Thing } from '../../inventory/inventory.ts'
import type { CheckRevision } from '../../operations/load-checks.ts'

/** What the page of one check shows. */
export type ResultView = {
  readonly thing: Thing
  readonly title: string
  readonly newest: CheckRevision
  readonly revisions: readonly CheckRevision[]
  readonly zone: string
  /** Whether this thing is asked who is signed in to it, so that a device can go on the map. */
  readonly takesDevices: boolean
  readonly mayChange: boolean
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
}
