import type { RedFlag } from '../../cases/red-flags.ts'
import type { Relation } from '../../cases/referral.ts'
import type { StalkerType, TypeReason } from '../../cases/triage.ts'
import type { ActCode } from '../../chronology/act-codes.ts'
import type { StoryLeakDay } from './leak-stories.ts'
import type { StoryThing } from './play-map.ts'

/** One invented case, told as what people at the clinic would type, bring and decide. */
export type CaseStory = {
  readonly client: string
  readonly suspect: string
  readonly relation: Relation
  readonly receivedBy: 'phone' | 'public-form'
  readonly words: string
  readonly postcode: string
  readonly phone: string
  readonly stalkerType: StalkerType
  readonly typeReasons: readonly TypeReason[]
  readonly flags: readonly RedFlag[]
  /** Goes to the name of the demo's form tokens, so that a demo that broke off is finished and not doubled. */
  readonly key: string
  readonly producer: string
  readonly map: { readonly words: string; readonly things: readonly StoryThing[] }
  /** Days on which the suspected person knew something, and uneventful ones. */
  readonly days: readonly StoryLeakDay[]
  readonly files: readonly StoryFile[]
  readonly told: readonly ToldIncident[]
  readonly found: readonly FoundIncident[]
}

export type StoryFile = {
  readonly name: string
  readonly how: string
  /** Answers to the importer's questions, known to the person who brought the file. */
  readonly zone: string
  readonly make: () => Promise<Buffer>
}

/** What the client reported, with no record behind it. */
export type ToldIncident = {
  /** Wall clock in the case's zone, to the minute. */
  readonly at: string
  readonly precision: 'exact' | 'about'
  readonly what: string
  readonly clientWords: string
  readonly changed: string
  readonly platform: string
  readonly codes: readonly ActCode[]
}

/** What the advocate makes of messages: those in which these words stand. */
export type FoundIncident = {
  readonly words: string
  readonly what: string
  readonly platform: string
  readonly codes: readonly ActCode[]
}
