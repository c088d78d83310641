import type { Chance } from './chance.ts'

/** One message of an invented chat, on the wall clock of the phone it was exported from. */
export type ChatLine = {
  /** "2026-03-02T22:14:05" */
  readonly at: string
  /** Empty for a line the app itself wrote. */
  readonly from: string
  readonly text: string
}

const minute = 60_000
const day = 24 * 60 * minute

/** Adds time to a wall clock, which has no zone and no clock change: plain arithmetic on its figures. */
export function wallClock(start: string, milliseconds: number): string {
  return new Date(Date.parse(`${start}Z`) + milliseconds).toISOString().slice(0, 19)
}

/**
 * Fills the days between two dates with messages, more each month, most of them late in the evening: the pattern the
 * pictures of the chronology are there to show. `replies` is the share of the suspected person’s messages that the client answers.
 */
export function inventChat(
  chance: Chance,
  options: {
    readonly from: string
    readonly days: number
    readonly perDayAtStart: number
    readonly perDayAtEnd: number
    readonly sender: string
    readonly client: string
    readonly says: readonly string[]
    readonly answers: readonly string[]
    readonly replies: number
    /** Days on which nothing was sent. */
    readonly silentDays?: (dayNumber: number) => boolean
  },
): readonly ChatLine[] {
  const lines: ChatLine[] = []
  for (let dayNumber = 0; dayNumber < options.days; dayNumber += 1) {
    if (options.silentDays?.(dayNumber)) continue
    const share = dayNumber / Math.max(1, options.days - 1)
    const mean = options.perDayAtStart + (options.perDayAtEnd - options.perDayAtStart) * share
    const count = Math.round(mean * (0.4 + 1.2 * chance.next()))
    for (let number = 0; number < count; number += 1) {
      const late = chance.next() < 0.65
      const hour = late ? chance.whole(21, 26) % 24 : chance.whole(7, 20)
      const at = wallClock(
        options.from,
        dayNumber * day + (hour * 60 + chance.whole(0, 59)) * minute + chance.whole(0, 59) * 1000,
      )
      lines.push({ at, from: options.sender, text: chance.pick(options.says) })
      if (chance.next() < options.replies) {
        lines.push({
          at: wallClock(at, chance.whole(2, 90) * minute),
          from: options.client,
          text: chance.pick(options.answers),
        })
      }
    }
  }
  return lines.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
}

/** The lines as an Android phone set to British English exports them. */
export function androidExport(lines: readonly ChatLine[]): string {
  return lines
    .map(line => `${androidStamp(line.at)} - ${line.from === '' ? '' : `${line.from}: `}${line.text}\n`)
    .join('')
}

/** The lines as an iPhone exports them: brackets, seconds, and its invisible marks. */
export function iphoneExport(lines: readonly ChatLine[]): string {
  return lines
    .map(line => {
      const [date = '', time = ''] = line.at.split('T')
      const [year, month, dayOfMonth] = date.split('-')
      const mark = line.from === '' || line.text.startsWith('<attached') ? '\u200e' : ''
      const stamp = `${mark}[${dayOfMonth}/${month}/${year}, ${time}]`
      return `${stamp} ${line.from === '' ? '' : `${line.from}: `}${mark}${line.text}\r\n`
    })
    .join('')
}

function androidStamp(at: string): string {
  const [date = '', time = ''] = at.split('T')
  const [year, month, dayOfMonth] = date.split('-')
  return `${dayOfMonth}/${month}/${year}, ${time.slice(0, 5)}`
}
