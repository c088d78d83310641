import type { AimName, PlanFigures } from './plan-figures.ts'

/** The names of things, of what is protected and of evidence, as the client knows them. */
export type PlanNames = {
  readonly thing: (id: string) => string
  readonly open: (id: string) => string
  readonly evidence: (id: string) => string
}

/** What a plan is the best in, as what follows “Plan B”. */
export const saysOfAim: Readonly<Record<AimName, string>> = {
  'least-noticed': 'is noticed least',
  soonest: 'is done soonest',
  'least-money': 'costs least money',
  'keeps-most': 'keeps most of what the client uses',
  'not-at-work': 'does without the client’s work',
  'unnoticed-only': 'takes only what nobody notices',
}

/** The same of a plan that was looked for, as what follows “a plan that”. */
export const saysBetter: Readonly<Record<AimName, string>> = {
  'least-noticed': 'has fewer steps that may be noticed',
  soonest: 'is done sooner',
  'least-money': 'costs less money',
  'keeps-most': 'gives up fewer things',
  'not-at-work': 'does without the client’s work',
  'unnoticed-only': 'closes something and stays unnoticed',
}

/** Hours and minutes, such as “1 hour 25 minutes”. */
export function sayWorkTime(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  const parts = [hours > 0 && countOf(hours, 'hour'), (rest > 0 || hours === 0) && countOf(rest, 'minute')]
  return parts.filter(Boolean).join(' ')
}

/**
 * What another plan trades beside the first, in one sentence: what is better, with what it is the best in before all else,
 * and then all that is worse. Null when nothing is better, so that there is nothing to offer.
 */
export function sayPlanTrade(
  first: PlanFigures,
  other: PlanFigures,
  bestIn: readonly AimName[],
  names: PlanNames,
): string | null {
  const worse = listChanges(first, other, names, false).map(each => each.says)
  const isAim = (of: readonly AimName[]): boolean => of.some(each => bestIn.includes(each))
  const all = listChanges(first, other, names, true)
  const better = [...all.filter(each => isAim(each.of)), ...all.filter(each => !isAim(each.of))]
  const said = joinWithAnd(better.slice(0, mostBetter).map(each => each.says))
  if (said === '') return null
  const start = said.charAt(0).toUpperCase() + said.slice(1)
  if (worse.length > 0) return `${start}, but ${joinWithAnd(worse)}.`
  return `${start}; nothing that is counted here is worse, but in small things that have no unit it asks more.`
}

/** What is better is said in so many clauses at most; what is worse is always said in full. */
const mostBetter = 3

type Change = { readonly of: readonly AimName[]; readonly says: string }

function listChanges(
  first: PlanFigures,
  other: PlanFigures,
  names: PlanNames,
  isBetter: boolean,
): readonly Change[] {
  /** How much the other has less (when better) or more (when worse); nothing otherwise. */
  const by = (of: (figures: PlanFigures) => number): number =>
    Math.max(0, isBetter ? of(first) - of(other) : of(other) - of(first))
  const [word, fewer] = isBetter ? ['less', 'fewer'] : ['more', 'more']
  const steps = (many: number): string => `${countWord(many)} ${fewer} ${many === 1 ? 'step' : 'steps'}`
  const changed = (of: (figures: PlanFigures) => readonly string[]): readonly string[] => {
    const [all, rest] = isBetter ? [of(first), of(other)] : [of(other), of(first)]
    return all.filter(each => !rest.includes(each))
  }
  const noticed = by(each => each.noticed)
  const minutes = by(each => each.minutes)
  const pounds = by(each => each.pounds)
  const things = nameFew(changed(each => each.givenUp).map(names.thing))
  const interruptions = by(each => each.interruptions)
  const risky = by(each => each.risky)
  const atWork = by(each => each.atWork)
  const opens = nameFew(changed(each => each.opens).map(names.open))
  const loses = nameFew(changed(each => each.loses).map(names.evidence))
  const changes: Change[] = []
  const say = (is: boolean, says: string, ...of: AimName[]): void => {
    if (is) changes.push({ of, says })
  }
  say(opens.length > 0, `it ${isBetter ? 'closes' : 'leaves open'} ${joinWithAnd(opens)}`)
  say(
    noticed > 0,
    isBetter && other.noticed === 0 ? 'no step may be noticed' : `${steps(noticed)} may be noticed`,
    'least-noticed',
    'unnoticed-only',
  )
  say(minutes > 0, `it takes about ${sayWorkTime(minutes)} ${word}`, 'soonest')
  say(pounds > 0, `it costs about £${String(pounds)} ${word}`, 'least-money')
  const keeps = isBetter ? 'keeps' : 'gives up or exchanges'
  say(things.length > 0, `it ${keeps} ${joinWithAnd(things)}`, 'keeps-most')
  say(
    atWork > 0,
    isBetter && other.atWork === 0
      ? 'nothing is done at the client’s work'
      : `${steps(atWork)} ${atWork === 1 ? 'is' : 'are'} at the client’s work`,
    'not-at-work',
  )
  say(loses.length > 0, `it ${isBetter ? 'keeps' : 'loses'} as evidence ${joinWithAnd(loses)}`)
  say(risky > 0, `${steps(risky)} may go wrong`)
  const interrupts = interruptions === 1 ? 'interrupts' : 'interrupt'
  say(interruptions > 0, `${steps(interruptions)} ${interrupts} something for a while`)
  return changes
}

/** The most names in a sentence; of more than these the first ones are said, and how many there are beside. */
const mostNames = 4

const nameFew = (names: readonly string[]): readonly string[] =>
  names.length <= mostNames
    ? names
    : [...names.slice(0, mostNames - 1), `${String(names.length - mostNames + 1)} more`]

/** Words in a row: “a”, “a and b”, “a, b and c”. */
export function joinWithAnd(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`
}

const smallNumbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'] as const
const countWord = (many: number): string => smallNumbers[many] ?? String(many)
const countOf = (many: number, unit: string): string => `${String(many)} ${unit}${many === 1 ? '' : 's'}`
