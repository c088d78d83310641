import { Numbers } from './numbers.ts'

/** Two odd numbers below 2^32 that nobody outside knows, so that nobody makes two texts that count as one. */
export type CompareSeeds = readonly [number, number]

/** What of a record is compared: who wrote what, as a number, and when; NaN for an instant that nobody knows. */
export type ComparedTimes = { readonly text: number; readonly local: number; readonly instant: number }

const minuteLength = 60_000

export const minuteOf = (moment: number): number => Math.floor(moment / minuteLength)

/** 53 bits of a sender and a text. */
export function hashText([first, second]: CompareSeeds, sender: string, text: string): number {
  let one = first
  let other = second
  for (const part of [sender, '\u0000', text])
    for (let at = 0; at < part.length; at += 1) {
      const code = part.charCodeAt(at)
      one = Math.imul(one ^ code, 0x9e37_79b1)
      one ^= one >>> 15
      other = Math.imul(other ^ code, 0x85eb_ca77)
      other ^= other >>> 13
    }
  return to53(one, other)
}

const to53 = (high: number, low: number): number => ((high >>> 0) & 0x1f_ffff) * 2 ** 32 + (low >>> 0)

function mix(text: number, minute: number, what: number): number {
  const low = Math.imul((text >>> 0) ^ Math.imul(minute, 0x27d4_eb2f), 0x85eb_ca77)
  const high = Math.imul(Math.floor(text / 2 ** 32) ^ Math.imul(minute + what, 0x9e37_79b1), 0xc2b2_ae35)
  return to53(high ^ (high >>> 13) ^ (low >>> 7), low ^ (low >>> 13) ^ what)
}

/** Under what a record is compared by its clock: whatever tells the same has the same number. */
export const clockKeyOf = ({ text, local }: ComparedTimes): number => mix(text, minuteOf(local), 0)

/** And by its instant; NaN where nobody knows it. */
export const momentKeyOf = ({ text, instant }: ComparedTimes): number =>
  Number.isNaN(instant) ? Number.NaN : mix(text, minuteOf(instant), 1)

/** What is looked for among stored records: under which numbers, and in which minutes they can lie, each in rising order. */
export type SoughtRecords = {
  readonly keys: Float64Array
  readonly clocks: Float64Array
  readonly moments: Float64Array
}

/** Gathers what is looked for: of a record it holds four numbers at most. */
export class SoughtKeys {
  readonly #keys = new Numbers()
  readonly #clocks = new Numbers()
  readonly #moments = new Numbers()

  get length(): number {
    return this.#keys.length
  }

  add(record: ComparedTimes): void {
    this.#keys.push(clockKeyOf(record))
    push(this.#clocks, minuteOf(record.local))
    if (Number.isNaN(record.instant)) return
    this.#keys.push(momentKeyOf(record))
    push(this.#moments, minuteOf(record.instant))
  }

  close(): SoughtRecords {
    return {
      keys: this.#keys.sorted(),
      clocks: this.#clocks.sorted(),
      moments: this.#moments.sorted(),
    }
  }
}

/** Most minutes are those of the record before. */
function push(minutes: Numbers, minute: number): void {
  if (minutes.length === 0 || minutes.at(minutes.length - 1) !== minute) minutes.push(minute)
}

/** Where on the clock of a generation the minutes lie that are looked for, in milliseconds, in rising order. */
export function startsOf({ clocks, moments }: SoughtRecords, offsets: readonly number[]): Float64Array {
  const starts = new Float64Array(clocks.length + moments.length * offsets.length)
  for (const [index, minute] of clocks.entries()) starts[index] = minute * minuteLength
  for (const [which, offset] of offsets.entries())
    for (const [index, minute] of moments.entries())
      starts[clocks.length + which * moments.length + index] = minute * minuteLength + offset
  return starts.sort()
}

/** How far from the first millisecond of a minute its last one is, and one more. */
export const minuteSpan = minuteLength
