import type { Agent, Belief, Measures } from '../../access-engine/reach/map.ts'
import type { InfoKind } from './info-kind.ts'

/**
 * A name on the map, made for each thing: `{}` is the thing, `{other}` one that it is tied to. A part of either follows
 * a full stop: `{}.password`, `{other}.reports`. Others are `person:suspect`, `person:client` and `place:…`.
 */
export type PartName = string

/**
 * The parts by which things of different kinds are joined. A mechanism that has one gives it this name, so that a
 * tie can be followed without knowing what kind of thing is at its other end.
 */
export const ports = {
  /** What can be read in it: messages, mail, codes that arrive. */
  content: '.content',
  /** What somebody sees who watches it from afar: a program, a manager, a mirror. */
  reports: '.reports',
  /** The passwords that are kept in it. */
  passwords: '.passwords',
  /** Having it in the hand, locked or not. */
  inHand: '.in-hand',
  /** The letters that are left at a place. */
  post: '.post',
} as const

/** A question about a thing, in plain words. The answer to a question of belief is yes, probably, no or unknown. */
export type QuestionPart =
  | { readonly kind: 'belief'; readonly id: string; readonly ask: string; readonly hint?: string | undefined }
  | {
      readonly kind: 'things'
      readonly id: string
      readonly ask: string
      readonly hint?: string | undefined
      /** Entries whose things may be chosen. */
      readonly of: readonly string[]
    }

/** Where a part applies. */
export type Condition = {
  /** The question of belief on which it depends. Without one it is certain. */
  readonly when?: string | undefined
  /** The question of things for which it is repeated. What nobody has named counts as one more, wholly theirs. */
  readonly each?: string | undefined
  /** The question of things to which the answer is that there are none. While nobody knows, that is possible and no more. */
  readonly none?: string | undefined
}

export type HeldPart = Condition & {
  readonly who: Agent
  readonly node: PartName
  /** Held for certain where this question of belief was answered with no, and otherwise not at all. */
  readonly whenNo?: string | undefined
}

export type RulePart = Condition & {
  readonly to: PartName
  readonly from: readonly PartName[]
  /** How it happens, as the rest of a sentence about the person who does it: “unlocks it with the passcode”. */
  readonly how: string
  readonly who: Agent | 'anyone'
  readonly unless: readonly string[]
  readonly if: readonly string[]
  /** Steps that end it too when it is not known which thing it is tied to. */
  readonly unlessUnknown: readonly string[]
  /** Left out for a thing that has no such part: a number keeps no passwords. */
  readonly ifItHasSuch?: boolean | undefined
  /** Left out for what nobody has named: the client chooses a thing that they know. */
  readonly onlyNamed?: boolean | undefined
  /** How sure it is while nobody knows the answer to `when`; possible if this is left out. */
  readonly unknownAs?: Belief | undefined
  /** No surer than this, whatever was answered. */
  readonly atMost?: Belief | undefined
}

/** What anyone who reaches a node learns: for certain, or possibly. */
export type RevealPart = {
  readonly from: PartName
  readonly certain: readonly InfoKind[]
  readonly possible: readonly InfoKind[]
}

/** Somebody is told of a step, or sees that it was taken: anyone who reaches the node. */
export type NoticePart = {
  readonly node: PartName
  readonly each?: string | undefined
  readonly says: string
}

export type StepPart = {
  readonly id: string
  /** What to do, as an instruction: “Change the passcode”. */
  readonly do: string
  readonly cost: Measures
  /** It is done within the thing, signed in on some device; otherwise by hand, at the thing or by talking to somebody. */
  readonly isWithin?: boolean | undefined
  /** Where it is done in the menus, where a source says so. */
  readonly where?: string | undefined
  /** What they can do in answer or before it, and who wins, where a source says so. */
  readonly answer?: string | undefined
  /** In which sources its facts were read, and when. */
  readonly readIn?: string | undefined
  /**
   * Who is told. `unchecked`: nobody has read in a source what it sends, so it is taken to reach anyone who has any part of
   * the thing or of what it is tied to. That a way stops working is seen by anyone who has that way; it needs no entry here.
   */
  readonly tells: readonly NoticePart[] | 'unchecked'
  readonly needs: readonly PartName[]
  readonly exposes: readonly PartName[]
  readonly after: readonly string[]
  /** Each entry is a step, or several of which one is enough. */
  readonly requires: readonly (string | readonly string[])[]
  readonly excludes: readonly string[]
  readonly destroys: readonly PartName[]
  /** What the suspected person will see, what is lost, what to have ready, and how to go back (S9). */
  readonly notices: string
  readonly lost: string
  readonly ready: string
  readonly undo: string
  /** Hours that must have passed since the steps it requires: what they end works on until then. */
  readonly waits?: number | undefined
  /** It is something to go on doing, every day: it closes nothing for certain. */
  readonly isHabit?: boolean | undefined
  readonly each?: string | undefined
  /** It is the client’s to take only while each of these questions has one of its answers: whose the thing is. */
  readonly hersWhile?: readonly HersWhile[] | undefined
}

/** A question of belief about whose a thing is, and the answers with which a step is the client’s to take. */
export type HersWhile = {
  readonly question: string
  readonly answers: readonly ('yes' | 'probably' | 'no' | 'unknown')[]
}

export type EvidencePart = {
  readonly id: PartName
  readonly weight: number
  readonly preservedBy: readonly string[]
  readonly words: string
  /** Hours after which it is gone by itself, where a source says so. */
  readonly goes?: number | undefined
}

/** Everything that one kind of thing puts on the map, written by its mechanism from the facts of its entry. */
export type Parts = {
  readonly questions: readonly QuestionPart[]
  readonly nodes: readonly { readonly id: PartName; readonly kind: string; readonly label: string }[]
  readonly holds: readonly HeldPart[]
  readonly rules: readonly RulePart[]
  readonly reveals: readonly RevealPart[]
  readonly steps: readonly StepPart[]
  readonly evidence: readonly EvidencePart[]
  /** For a thing by which somebody could write to or ring the client: what is said, and the fact that there was contact. */
  readonly channel?: { readonly content: PartName; readonly fact?: PartName | undefined } | undefined
  /** What a sign-in from a device that was not signed in before sends, to whom. */
  readonly signIn?: StepPart['tells'] | undefined
  /** What the client must never lose, besides the thing itself. */
  readonly keep: readonly PartName[]
  /** What no step closes, and is said to stay open. */
  readonly staysOpen: readonly (Condition & { readonly node: PartName })[]
}
