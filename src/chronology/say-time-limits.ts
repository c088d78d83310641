import { type CalendarDay, sayDay } from '../foundation/calendar-day.ts'
import { findUnread } from '../foundation/law-reading.ts'
import { limitationRuleOf, limitationRules } from './limitation-rules.ts'
import type { LimitLack, TimeLimit } from './time-limits.ts'

/** A limit in the words that are always used for it: which charges, from what, until when, and what it does not mean. */
// Fixed wording (rule S14): a day that has passed is never said to be too late
export function sayTimeLimit(limit: TimeLimit): { readonly charges: string; readonly words: string } {
  const { charges, startWords } = limitationRuleOf(limit.id)
  switch (limit.kind) {
    case 'none':
      return { charges, words: `${startWords}.` }
    case 'cannot-be-known':
      return { charges, words: `${startWords}. ${sayLack(limit.lacks)}` }
    case 'running': {
      const from =
        limit.id === 'summary' ? ` It counts from incident ${limit.number}, ${sayDay(limit.from)}.` : ''
      const assault =
        limit.id === 'assault'
          ? ` For incident ${limit.number} the first to end counts from ${sayDay(limit.from)}.`
          : ''
      const more =
        limit.withoutTime > 0
          ? ` ${limit.withoutTime === 1 ? 'One chosen incident has' : `${limit.withoutTime} chosen incidents have`} no known time, so the true day may be later.`
          : ''
      return {
        charges,
        words: `${startWords}.${from}${assault} Last day: ${sayDay(limit.lastDay)}. ${sayLeft(limit.daysLeft)}${more}`,
      }
    }
  }
}

function sayLeft(daysLeft: number): string {
  if (daysLeft === 0) return 'That is today.'
  if (daysLeft > 0) return `That is ${count(daysLeft)} from now.`
  return `That was ${count(-daysLeft)} ago. It does not mean that nothing can be done: a later incident, another charge or the prosecutor’s view may change it. Ask the police or the Crown Prosecution Service.`
}

function sayLack(lacks: LimitLack): string {
  switch (lacks) {
    case 'nobody-chose':
      return 'Its day cannot be known: nobody has chosen which incidents are the course of conduct.'
    case 'one-is-no-course':
      return 'Its day cannot be known: one incident was chosen, and a course of conduct is on at least two occasions.'
    case 'no-dated-incident':
      return 'Its day cannot be known: none of the chosen incidents has a known time.'
    case 'no-assault-named':
      return 'Nobody has named an incident that may be one.'
    case 'assault-without-time':
      return 'Its day cannot be known: the incident has no known time.'
    case 'no-statement':
      return 'Its day cannot be known: nobody has recorded when the first statement or interview was. Ask the client or the officer in the case.'
    case 'evidence-day-not-known':
      return 'Its day cannot be known here: only the police or the prosecutor can say when that was. Ask them.'
  }
}

/** What all of them mean, in the words that are always used for it. */
// Fixed wording (rule S14)
export const meaningOfTimeLimits =
  'This is information to plan by, and never a reason not to report. Which charge fits, and whether it is in time, is for the police and the Crown Prosecution Service: ask them early.'

/** What of the rules nobody has read in a year. */
export function findUnreadLimits(today: CalendarDay): readonly string[] {
  return findUnread(
    limitationRules.flatMap(each => each.readings),
    today,
  )
}

function count(days: number): string {
  return days === 1 ? '1 day' : `${days} days`
}
