import { sayDay } from '../foundation/calendar-day.ts'

export const toldWhom = ['police', 'authority', 'other'] as const
export type ToldWhom = (typeof toldWhom)[number]

/** To whom an incident was reported, when ("2026-03-02"), and under which reference. */
export type Telling = {
  readonly whom: ToldWhom
  /** Null when nobody knows the day: then nothing is counted from it. */
  readonly on: string | null
  readonly reference: string
}

/** Reads it as somebody sent it, or null. */
export function parseToldWhom(text: string): ToldWhom | null {
  return toldWhom.find(each => each === text) ?? null
}

/** Who was told, as it stands on screen. */
export function sayToldWhom(whom: ToldWhom): string {
  switch (whom) {
    case 'police':
      return 'The police'
    case 'authority':
      return 'An employer, school, council, court, platform or another body'
    case 'other':
      return 'Somebody else'
  }
}

/** "The police, on 2 March 2026, reference KP/1: her sister went along"; empty when nobody is said to have been told. */
export function sayTelling(telling: Telling | null | undefined, toldTo: string): string {
  if (!telling) return toldTo
  const on = telling.on === null ? ', on a day that is not recorded' : `, on ${sayDay(telling.on)}`
  const reference = telling.reference === '' ? '' : `, reference ${telling.reference}`
  return `${sayToldWhom(telling.whom)}${on}${reference}${toldTo === '' ? '' : `: ${toldTo}`}`
}
