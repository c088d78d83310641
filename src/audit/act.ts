import type { Json } from '../foundation/canonical-json.ts'
import type { CasePart } from '../foundation/case-part.ts'
import type { CaseId } from '../foundation/ids.ts'

/**
 * One thing somebody did. `verb` is a past participle phrase in kebab-case ("referral-received", "consent-withdrawn").
 * `subject` is an id, never a name; `detail` holds facts about the act, never message text, names or contact details.
 */
export type Act = {
  readonly verb: string
  readonly caseId?: CaseId
  readonly part?: CasePart
  readonly subject?: string
  readonly detail?: Readonly<Record<string, Json>>
}

/** An act as the trail shows it. */
export type RecordedAct = {
  readonly actId: number
  /** The same for everything that was done in one go: one transaction. */
  readonly inOneGo: string
  readonly at: Date
  readonly personName: string | null
  readonly agencyName: string | null
  readonly task: string | null
  readonly verb: string
  readonly part: string | null
  readonly subject: string | null
  readonly detail: unknown
  /** It was done in a visit of the second phrase, or about one: staff read it, the client does not. */
  readonly isOfCompanion: boolean
  /** When whoever did it had been set up anew, within the day before; null for everybody else. */
  readonly setUpAnewAt: Date | null
}

/** One kind of thing that the program did by itself in a case: how often, and from when to when. */
export type CountedActs = {
  readonly task: string
  readonly verb: string
  readonly part: string | null
  readonly times: number
  readonly firstAt: Date
  readonly lastAt: Date
}

/** Whose acts are shown, and which kinds are not. */
export type TrailFilter = {
  readonly by: 'people' | 'program'
  /** Verbs that are left out, so that a page of so many acts is one also where some are not told. */
  readonly without?: readonly string[]
}

/** Whose acts a page of the trail shows, and before which act it begins; null for the newest. */
export type TrailPage = TrailFilter & {
  readonly before: number | null
  readonly atMost: number
}

/** An act about the clinic itself. Of an act in a case it says only that the command line looked. */
export type ActOfClinic = {
  readonly actId: number
  readonly at: Date
  readonly personName: string | null
  readonly task: string | null
  readonly verb: string
  /** Whom it was about, where it was about somebody at the clinic. */
  readonly subjectName: string | null
  readonly role: string | null
  /** The work that was started again. */
  readonly job: string | null
  readonly setUpAnewAt: Date | null
}
