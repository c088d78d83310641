import type { ThingId } from '../inventory/inventory.ts'
import type { LeakDay, LeakDayId, LeakDayWords, LeakLog, Ruling } from './leak-log.ts'

/** What was done in a revision, as it is kept in the open. */
export type LeakLogChange =
  | 'days-entered'
  | 'day-corrected'
  | 'day-taken-away'
  | 'day-put-back'
  | 'carriers-recorded'
  | 'ranking-asked-for'
  | 'test-ruled-on'

export type NewLeakDay = LeakDayWords & { readonly incident: string | null }

/** One thing an adviser does to the days. `seen` is the revision that stood on the screen. */
export type LeakChange =
  | { readonly kind: 'enter'; readonly days: readonly NewLeakDay[] }
  | {
      readonly kind: 'correct'
      readonly dayId: LeakDayId
      readonly seen: number
      readonly words: LeakDayWords
    }
  | { readonly kind: 'gone'; readonly dayId: LeakDayId; readonly isGone: boolean }
  | {
      readonly kind: 'carriers'
      readonly seen: number
      /** The things that stood in the table. */
      readonly asked: readonly ThingId[]
      readonly rows: readonly { readonly dayId: LeakDayId; readonly carriers: readonly ThingId[] }[]
    }
  | { readonly kind: 'ranking' }
  | { readonly kind: 'rule'; readonly testId: string; readonly ruling: Ruling | null }

export const leakRefusals = [
  'no-such-day',
  'changed-meanwhile',
  'there-already',
  'contradicts',
  'too-many-days',
  'nothing-changed',
] as const
export type LeakRefusal = (typeof leakRefusals)[number]

export type LeakDecision =
  | { readonly allowed: true; readonly log: LeakLog; readonly change: LeakLogChange }
  | { readonly allowed: false; readonly because: LeakRefusal }

/** More than anybody remembers. A form that asks for more is a mistake. */
const mostDays = 300

/** What a decision may know beside the days. */
export type LeakMoment = {
  /** The current revision of the log. The decision becomes the next one. */
  readonly revision: number
  /** The things on the map now. */
  readonly things: readonly ThingId[]
  readonly propose: (words: LeakDayWords) => readonly ThingId[]
}

/**
 * Decides what the days are after a change. What carried a new day is recorded with it, as the map proposes, before
 * any ranking is seen. If it is changed after a ranking of that day was shown, the day says so for good. When two
 * people change one day at once, the second one is told. Nothing is ever removed.
 */
export function decideLeakChange(log: LeakLog, change: LeakChange, moment: LeakMoment): LeakDecision {
  switch (change.kind) {
    case 'enter':
      return enterDays(log, change, moment)
    case 'correct':
      return correctDay(log, change, moment)
    case 'gone':
      return takeAwayOrPutBack(log, change, moment)
    case 'carriers':
      return recordCarriers(log, change, moment)
    case 'ranking':
      return askForRanking(log, moment)
    case 'rule':
      return ruleOnTest(log, change, moment)
  }
}

type ChangeOf<Kind extends LeakChange['kind']> = Extract<LeakChange, { kind: Kind }>

const no = (because: LeakRefusal): LeakDecision => ({ allowed: false, because })
const yes = (log: LeakLog, change: LeakLogChange): LeakDecision => ({ allowed: true, log, change })

/** Whether a ranking was shown since the day was entered. */
const isShown = (log: LeakLog, day: LeakDay): boolean => log.shownIn >= day.enteredIn

function replaceDay(log: LeakLog, changed: LeakDay): LeakLog {
  return { ...log, days: log.days.map(each => (each.dayId === changed.dayId ? changed : each)) }
}

function enterDays(
  log: LeakLog,
  change: ChangeOf<'enter'>,
  { revision, things, propose }: LeakMoment,
): LeakDecision {
  const days = [...log.days]
  const taken = new Set(days.filter(each => !each.isGone).map(each => each.incident))
  for (const { incident, ...words } of change.days) {
    if (incident !== null && taken.has(incident)) continue
    taken.add(incident)
    const against = findAgainst(days, words, null)
    if (against) return no(against)
    days.push({
      ...words,
      dayId: `d${days.length + 1}`,
      carriers: [...propose(words)],
      asked: [...things],
      carriersBy: 'map',
      isLate: false,
      incident,
      enteredIn: revision + 1,
      changedIn: revision + 1,
      isGone: false,
    })
  }
  if (days.length === log.days.length) return no('nothing-changed')
  if (days.length > mostDays) return no('too-many-days')
  return yes({ ...log, days }, 'days-entered')
}

function correctDay(
  log: LeakLog,
  { dayId, seen, words }: ChangeOf<'correct'>,
  { revision, things, propose }: LeakMoment,
): LeakDecision {
  const day = log.days.find(each => each.dayId === dayId)
  if (!day) return no('no-such-day')
  if (day.changedIn > seen) return no('changed-meanwhile')
  if (isSame(day, words)) return no('nothing-changed')
  const against = findAgainst(log.days, words, day.dayId)
  if (against) return no(against)
  const changed = { ...day, ...words, changedIn: revision + 1 }
  const isElsewhere =
    words.kind !== day.kind ||
    words.on !== day.on ||
    words.situations.join() !== day.situations.join() ||
    words.readAt.join() !== day.readAt.join()
  if (!isElsewhere) return yes(replaceDay(log, changed), 'day-corrected')
  const carriers = [...propose(words)]
  const isLate = day.isLate || (isShown(log, day) && !hasSame(carriers, day.carriers))
  const proposed: LeakDay = { ...changed, carriers, asked: [...things], carriersBy: 'map', isLate }
  return yes(replaceDay(log, proposed), 'day-corrected')
}

function takeAwayOrPutBack(
  log: LeakLog,
  { dayId, isGone }: ChangeOf<'gone'>,
  { revision }: LeakMoment,
): LeakDecision {
  const day = log.days.find(each => each.dayId === dayId)
  if (!day) return no('no-such-day')
  if (day.isGone === isGone) return no('nothing-changed')
  const changed = { ...day, isGone, changedIn: revision + 1 }
  return yes(replaceDay(log, changed), isGone ? 'day-taken-away' : 'day-put-back')
}

function recordCarriers(log: LeakLog, change: ChangeOf<'carriers'>, { revision }: LeakMoment): LeakDecision {
  const rows = new Map(change.rows.map(each => [each.dayId, each.carriers]))
  if (change.rows.some(row => !log.days.some(each => each.dayId === row.dayId))) return no('no-such-day')
  if (log.days.some(each => rows.has(each.dayId) && each.changedIn > change.seen))
    return no('changed-meanwhile')
  let changed = 0
  const days = log.days.map(day => {
    const ticked = rows.get(day.dayId)
    if (!ticked) return day
    // What the table did not show stays as it was.
    const others = day.carriers.filter(each => !change.asked.includes(each))
    const carriers = [...new Set([...ticked.filter(each => change.asked.includes(each)), ...others])]
    const asked = [...new Set([...day.asked, ...change.asked])]
    const isOther = !hasSame(carriers, day.carriers)
    if (!isOther && day.carriersBy === 'person' && asked.length === day.asked.length) return day
    changed += 1
    // A thing that came onto the map since then was never looked at, so it is not late.
    const within = (ids: readonly ThingId[]) => ids.filter(each => day.asked.includes(each))
    const isLate = day.isLate || (isShown(log, day) && !hasSame(within(carriers), within(day.carriers)))
    return { ...day, carriers, asked, carriersBy: 'person' as const, isLate, changedIn: revision + 1 }
  })
  return changed === 0 ? no('nothing-changed') : yes({ ...log, days }, 'carriers-recorded')
}

function askForRanking(log: LeakLog, { revision }: LeakMoment): LeakDecision {
  if (log.shownIn === revision || log.days.every(each => each.isGone)) return no('nothing-changed')
  return yes({ ...log, shownIn: revision + 1 }, 'ranking-asked-for')
}

function ruleOnTest(
  log: LeakLog,
  { testId, ruling }: ChangeOf<'rule'>,
  { revision }: LeakMoment,
): LeakDecision {
  const { [testId]: before, ...others } = log.rulings
  if ((before ?? null) === ruling) return no('nothing-changed')
  const rulings = ruling === null ? others : { ...others, [testId]: ruling }
  // A ruling changes no ranking: what was shown stays shown.
  const shownIn = log.shownIn === revision ? revision + 1 : log.shownIn
  return yes({ ...log, rulings, shownIn }, 'test-ruled-on')
}

/** The same day entered twice, or a day and its opposite: a person has to say which. */
function findAgainst(
  days: readonly LeakDay[],
  words: LeakDayWords,
  except: LeakDayId | null,
): 'there-already' | 'contradicts' | null {
  const like = days.find(
    each =>
      !each.isGone &&
      each.dayId !== except &&
      each.kind === words.kind &&
      each.on === words.on &&
      each.roughly === words.roughly &&
      each.what.toLowerCase() === words.what.toLowerCase(),
  )
  if (!like) return null
  return like.knew === words.knew ? 'there-already' : 'contradicts'
}

function isSame(day: LeakDay, words: LeakDayWords): boolean {
  return (
    day.knew === words.knew &&
    day.kind === words.kind &&
    day.what === words.what &&
    day.on === words.on &&
    day.roughly === words.roughly &&
    day.guess === words.guess &&
    day.situations.join() === words.situations.join() &&
    day.readAt.join() === words.readAt.join()
  )
}

function hasSame(one: readonly ThingId[], other: readonly ThingId[]): boolean {
  return one.length === other.length && one.every(each => other.includes(each))
}
