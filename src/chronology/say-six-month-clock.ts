import { parseWallClock } from '../foundation/local-date.ts'
import { sayDate } from '../foundation/say-date.ts'
import type { SixMonthClock } from './six-month-clock.ts'

/** The six-month clock in the words that are always used for it, one sentence or two a line. */
// Fixed wording (rule S14). Magistrates' Courts Act 1980, s.127(1); no such limit for s.4A, which either court can try
export function saySixMonthClock(clock: SixMonthClock): readonly string[] {
  if (clock.kind === 'no-dated-incident') {
    return ['The six-month clock starts with the first incident that has a known time.']
  }
  const passed = clock.daysLeft < 0
  const left =
    clock.daysLeft === 0
      ? 'That is today.'
      : `That ${passed ? 'was' : 'is'} ${count(Math.abs(clock.daysLeft))} ${passed ? 'ago' : 'from now'}.`
  return [
    `Six months from the latest incident (incident ${clock.number}, ${say(clock.from)}) end on ${say(clock.lastDay)}. ${left}`,
    'A charge of harassment (section 2) or stalking (section 2A) that only a magistrates’ court can try must begin within six months of the last incident. More serious stalking (section 4A) has no such limit. This is information to plan by: the police and the Crown Prosecution Service decide.',
  ]
}

function say(date: string): string {
  const clock = parseWallClock(`${date}T00:00`)
  return clock ? sayDate(clock) : date
}

function count(days: number): string {
  return days === 1 ? '1 day' : `${days} days`
}
