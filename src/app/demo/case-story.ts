/** One invented case, told as what people at the clinic would type, bring and decide. */
export type CaseStory = {
  readonly client: string
  readonly suspect: string
  readonly relation: string
  readonly door: 'phone' | 'public-form'
  readonly words: string
  readonly postcode: string
  readonly phone: string
  readonly stalkerType: 'stranger-online' | 'known-control' | 'both' | 'not-clear-yet'
  readonly producer: string
  readonly files: readonly StoryFile[]
  readonly told: readonly ToldIncident[]
}

export type StoryFile = {
  readonly name: string
  readonly how: string
  /** Answers to the importer's questions, known to whoever brought the file. */
  readonly zone: string
  readonly make: () => Promise<Buffer>
}

/** What the client told about, with no record behind it. */
export type ToldIncident = {
  /** Wall clock in the case's zone, to the minute. */
  readonly at: string
  readonly precision: 'exact' | 'about'
  readonly what: string
  readonly herWords: string
  readonly changed: string
  readonly platform: string
  readonly codes: readonly string[]
}
