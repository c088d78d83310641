import type { Json } from '../foundation/canonical-json.ts'
import type { CasePart } from '../foundation/case-part.ts'
import type { CaseId } from '../foundation/ids.ts'
import type { OfAnotherVersion } from '../foundation/of-another-version.ts'
import type { RecordedTask } from './recorded-task.ts'
import type { VerbListedOfClinic, VerbOfCase, VerbOfClinic } from './verb.ts'

/**
 * One thing somebody did, in a case or about the clinic itself. `subject` is an id, never a name; `detail` holds facts
 * about the act, never message text, names or contact details.
 */
export type Act = {
  readonly subject?: string
  readonly detail?: Readonly<Record<string, Json>>
} & (
  | { readonly verb: VerbOfCase; readonly caseId: CaseId; readonly part?: CasePart }
  | { readonly verb: VerbOfClinic; readonly caseId?: never; readonly part?: never }
)

/** An act as the trail shows it. */
export type RecordedAct = {
  readonly actId: number
  /** The same for everything that was done in one go: one transaction. */
  readonly inOneGo: string
  readonly at: Date
  readonly personName: string | null
  readonly agencyName: string | null
  readonly task: RecordedTask | OfAnotherVersion | null
  readonly verb: VerbOfCase | OfAnotherVersion
  readonly part: CasePart | OfAnotherVersion | null
  readonly subject: string | null
  readonly detail: unknown
  /** It was done in a visit of the second phrase, or about one: staff read it, the client does not. */
  readonly isOfCompanion: boolean
  /** When the person who did it had been set up again, within the day before; null for everybody else. */
  readonly setUpAgainAt: Date | null
}

/** One kind of thing that the program did by itself in a case: how often, and from when to when. */
export type CountedActs = {
  readonly task: RecordedTask | OfAnotherVersion
  readonly verb: VerbOfCase | OfAnotherVersion
  readonly part: CasePart | OfAnotherVersion | null
  readonly times: number
  readonly firstAt: Date
  readonly lastAt: Date
}

/** What the program did by itself in a case, by kind: of the newest acts, as many as a list counts. */
export type CountedByItself = {
  readonly kinds: readonly CountedActs[]
  /** There are older acts, which were not counted. */
  readonly isMore: boolean
}

/** Whose acts are shown, and which kinds are not. */
export type TrailFilter = {
  readonly by: 'people' | 'program'
  /** Verbs that are left out, so that a page of so many acts is one also where some are not shown. */
  readonly without?: readonly VerbOfCase[]
}

/** Whose acts a page of the trail shows, and before which act it begins; null for the newest. */
export type TrailPage = TrailFilter & {
  readonly before: number | null
  readonly atMost: number
}

/** An act about the clinic itself. Of an act in a case it says only that the command line opened it. */
export type ActOfClinic = {
  readonly actId: number
  readonly at: Date
  readonly personName: string | null
  readonly task: RecordedTask | OfAnotherVersion | null
  readonly verb: VerbListedOfClinic | OfAnotherVersion
  /** Whom it was about, where it was about somebody at the clinic. */
  readonly subjectName: string | null
  readonly role: string | null
  /** The work that was started again. */
  readonly job: string | null
  readonly setUpAgainAt: Date | null
}
