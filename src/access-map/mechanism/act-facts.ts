import { z } from 'zod'
import { sayDay } from '../../foundation/calendar-day.ts'
import { words } from './entry-words.ts'
import type { NoticePart, StepPart } from './part.ts'

/** Whose words a fact rests on: the maker's own, a copy of them, or somebody else's. */
export const sourceKinds = ['maker', 'copy', 'secondary'] as const

/** Where a fact was read, and when. */
export const sourceSchema = z.strictObject({
  of: words(300),
  kind: z.enum(sourceKinds),
  readOn: z.iso.date(),
})
export type Source = z.output<typeof sourceSchema>

/** A time that a source gives. */
export const durationSchema = z.union([
  z.strictObject({ minutes: z.int().min(1).max(59) }),
  z.strictObject({ hours: z.int().min(1).max(96) }),
  z.strictObject({ days: z.int().min(1).max(400) }),
])
export type Duration = z.output<typeof durationSchema>

/** In whole hours, at least. */
export function findWholeHours(duration: Duration): number {
  if ('minutes' in duration) return 1
  return 'hours' in duration ? duration.hours : 24 * duration.days
}

/** “7 days”. */
export function sayDuration(duration: Duration): string {
  const [[unit = '', many = 0] = []] = Object.entries(duration)
  return `${String(many)} ${many === 1 ? unit.slice(0, -1) : unit}`
}

/** After how long a list or a recording goes by itself if nobody set another time, and who can end it sooner. */
export const keepsSchema = z.strictObject({
  days: z.int().min(1).max(400),
  says: words(200),
  sources: z.array(sourceSchema).min(1),
})
export type Keeps = z.output<typeof keepsSchema>

/** How long there is to keep it, as the end of what it is called. */
export function sayKeeps(keeps: Keeps | undefined): string {
  if (!keeps) return ''
  return ` (gone after ${String(keeps.days)} ${keeps.days === 1 ? 'day' : 'days'}. ${keeps.says})`
}

/** After how many hours it is gone, for what there is a source. */
export function findGoes(keeps: Keeps | undefined): { readonly goes?: number } {
  return keeps ? { goes: 24 * keeps.days } : {}
}

/**
 * Who wins where an act can be answered: the suspected person; the quicker of them; the one who acts last; the one
 * who reaches what it takes, such as the old mailbox or the inside of the car.
 */
const winners = ['them', 'quicker', 'last', 'reach'] as const

/** Who may be told of an act. Each mechanism knows where on the map they are. */
export const noticeTos = [
  /** Every device that is signed in, or a message within the account. */
  'inside',
  /** The addresses and numbers behind it, old ones too. */
  'recovery',
  /** Anyone who owns it, runs it or pays for it. */
  'owner',
  /** Everybody with a share in it. */
  'members',
  /** Anyone who is near it when it speaks. */
  'nearby',
  /** People the client knows there. */
  'contacts',
  /** The suspected person, whatever they reach. */
  'suspect',
] as const
export type NoticeTo = (typeof noticeTos)[number]

/**
 * What is known of one act with a maker's thing. Left out, nobody has read it in a source: it is taken to be told to
 * anyone who has any part of the thing, and to end nothing until that was seen.
 */
export const actFactsSchema = z.strictObject({
  /** In the menus. */
  where: words(200).optional(),
  /** What it sends, to whom. An empty list says that a source says so. */
  tells: z.array(z.strictObject({ to: z.enum(noticeTos), says: words(200) })).optional(),
  /** Whether the old way ends with the act. `seen`: not before somebody looked again. */
  ends: z
    .discriminatedUnion('when', [
      z.strictObject({ when: z.literal('at-once') }),
      z.strictObject({
        when: z.literal('seen'),
        within: words(200),
        /** How long the old way works on at most, where a source says so. Left out, nobody knows. */
        takes: durationSchema.optional(),
      }),
    ])
    .optional(),
  /** What somebody else can do in answer or before it, for how long, and who wins. */
  canAnswer: z
    .strictObject({
      wins: z.enum(winners),
      says: words(200),
      for: z.union([durationSchema, z.literal('unknown')]).optional(),
    })
    .optional(),
  /** Whether a code from where codes come today is asked for. Left out, nobody has read it: one is. */
  takesCode: z.boolean().optional(),
  sources: z.array(sourceSchema).min(1),
})
export type ActFacts = z.output<typeof actFactsSchema>

/** Where each audience is on the map, for one mechanism. */
export type NoticePlaces = Readonly<Record<NoticeTo, readonly Omit<NoticePart, 'says'>[]>>

/** Who is told of an act, from its facts. */
export function findTells(facts: ActFacts | undefined, places: NoticePlaces): StepPart['tells'] {
  return (
    facts?.tells?.flatMap(({ to, says }) => places[to].map((place): NoticePart => ({ ...place, says }))) ??
    'unchecked'
  )
}

/** What is said on a card of an act that nobody has read up. */
export const notChecked =
  'Nobody has read in a source what this sends to whom. Take it that they are told at once, by name, and that they can answer.'

/** What is noticed, in words: what stops working, and what is sent. */
export function sayNotices(visible: string, facts: ActFacts | undefined): string {
  const sent = facts?.tells === undefined ? [notChecked] : facts.tells.map(each => each.says)
  return [visible, ...sent].filter(each => each !== '').join(' ')
}

const kindsOfSource: Readonly<Record<Source['kind'], string>> = {
  maker: 'the maker’s own words',
  copy: 'a copy of the maker’s words',
  secondary: 'somebody else’s words',
}

const saysWho: Readonly<Record<(typeof winners)[number], string>> = {
  them: 'They win.',
  quicker: 'The quicker one wins.',
  last: 'The last to act wins.',
  reach: 'Anyone who reaches what that takes wins.',
}

/** An act that can be answered is a race: who wins it, by what, and for how long. */
function sayAnswer(facts: ActFacts | undefined): string | undefined {
  if (!facts?.canAnswer) return undefined
  const { wins, says, for: time } = facts.canAnswer
  const last =
    time === undefined
      ? ''
      : time === 'unknown'
        ? ' How long that goes was not found.'
        : ` That goes for ${sayDuration(time)}.`
  return `${saysWho[wins]} ${says}${last}`
}

/** What a card says of where an act is in the menus, and of what its facts were read in. */
export function readOf(facts: ActFacts | undefined): Pick<StepPart, 'where' | 'readIn' | 'answer'> {
  const sources = facts?.sources.map(
    ({ of, kind, readOn }) => `${of}: ${kindsOfSource[kind]}, read on ${sayDay(readOn)}`,
  )
  return { where: facts?.where, readIn: sources?.join('. '), answer: sayAnswer(facts) }
}

/** How an act ends a way: the steps any of which, once taken, ends it, and the look that shows that it has ended. */
export type Ending = { readonly by: readonly string[]; readonly steps: readonly StepPart[] }

/**
 * What ends a way: the act itself where a source says that it does so at once, and otherwise a second look that finds
 * the way closed.
 *
 * @param act the step that is to end it, such as `sign-out-others:{}`
 * @param look the step of looking again, in words and with what it needs
 */
export function endWith(
  act: string,
  facts: ActFacts | undefined,
  look: Pick<StepPart, 'id' | 'do' | 'tells' | 'needs' | 'hersWhile'>,
): Ending {
  if (facts?.ends?.when === 'at-once') return { by: [act], steps: [] }
  const seen = facts?.ends
  const within = seen?.within ?? 'Nobody has read in a source how long it takes.'
  const clock = seen?.takes ? `Not before ${sayDuration(seen.takes)} after that step. ` : ''
  return {
    by: [look.id],
    steps: [
      {
        ...look,
        cost: { effort: 1, money: 0, disruption: 0, risk: 0 },
        exposes: [],
        after: [act],
        requires: [act],
        excludes: [],
        destroys: [],
        notices: 'Only that somebody looked, where looking is shown.',
        lost: 'Nothing.',
        ...(seen?.takes ? { waits: findWholeHours(seen.takes) } : {}),
        ready: `Time for it to take effect. ${clock}${within} Until it was seen to be closed it counts as open.`,
        undo: 'Nothing to undo.',
      },
    ],
  }
}
