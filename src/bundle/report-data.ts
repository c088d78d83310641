/** One row of the chronology, in the words that go to print. */
export type ChronologyRow = {
  readonly number: number
  /** "3 March 2026 at 4:05pm", "about 3 March 2026", "between …": how it is known is part of it. */
  readonly when: string
  /** The zone and how it was known: "Europe/London, as the phone had it". */
  readonly zone: string
  readonly certainty: 'exact' | 'about' | 'between' | 'not known'
  /** The text as it stands in the source, untouched. */
  readonly what: string
  /** Who it is said to be from, as exported. */
  readonly who: string
  /** Whether the app wrote the words, and why that is thought; empty where there are none. */
  readonly writtenByApp: string
  readonly platform: string
  /** The letters of section 2A(3) that a person coded it to: "(b)", "(d)". */
  readonly acts: readonly string[]
  readonly sources: readonly { readonly exhibit: string; readonly place: string }[]
}

/** One fact of the front page: "Latest occasion" and "3 March 2026". */
export type KeyFact = { readonly name: string; readonly value: string }

/** Which of the parts of a printed chronology this is, and what is printed at all. */
export type ReportPart = {
  /** From 1. */
  readonly number: number
  readonly of: number
  /** Rows in the whole chronology. */
  readonly rows: number
  readonly printed: 'all' | 'incidents'
}

/** Everything one part of the printed chronology shows; nothing else reaches the typesetter. */
export type ReportData = {
  readonly title: string
  readonly part: ReportPart
  readonly clinicName: string
  readonly caseReference: string
  readonly bundleReference: string
  readonly purpose: string
  readonly madeAt: string
  readonly requestedBy: string
  readonly approvedBy: string
  readonly keyFacts: readonly KeyFact[]
  readonly rows: readonly ChronologyRow[]
  readonly actCodes: readonly { readonly code: string; readonly words: string }[]
}
