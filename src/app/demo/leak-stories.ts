import type { LeakDayWords } from '../../access-map/leaks/leak-log.ts'
import type { MoveDays } from './move-days.ts'

/**
 * A day of a story; where an adviser corrected what the map proposed, the things that carried it by the client’s name for them;
 * where it was taken over from the chronology, how that incident begins.
 */
export type StoryLeakDay = LeakDayWords & {
  readonly carriers?: readonly string[]
  readonly incident?: string
}

const day = (
  on: string,
  roughly: string,
  knew: boolean,
  kind: LeakDayWords['kind'],
  what: string,
  situations: LeakDayWords['situations'],
  carriers?: readonly string[],
): StoryLeakDay => ({
  on,
  roughly,
  knew,
  kind,
  what,
  situations,
  readAt: [],
  guess: 'hardly',
  ...(carriers ? { carriers } : {}),
})

/**
 * The car's noise, the dentist, the look on the stairs; and the days on the bus, the appointment that stood in no
 * calendar and the talk in the kitchen, of which nothing came back.
 */
export function tellKnownPersonDays(move: MoveDays): readonly StoryLeakDay[] {
  const days = [
    {
      ...day(
        '2026-01-09',
        '8:40am, minutes later',
        true,
        'location',
        'The car made a meow on the old bridge, and he wrote “Meow”',
        ['car', 'phone', 'carried'],
      ),
      incident: 'The car played a meow',
    },
    day(
      '2026-01-27',
      'Afternoon',
      true,
      'location',
      'Meow outside the school, when nobody knew she would be there',
      ['car', 'phone', 'carried'],
    ),
    day(
      '2026-02-11',
      'Evening, at once',
      true,
      'location',
      'Meow at the sister’s: he rang before the engine was off',
      ['car', 'phone', 'carried'],
    ),
    day('2026-02-17', 'Morning', false, 'location', 'By bus to the library with the phone: nothing came', [
      'phone',
      'carried',
    ]),
    day(
      '2026-03-19',
      'All day',
      false,
      'location',
      'By train to the coast with the phone: he asked where she had been',
      ['phone', 'carried'],
    ),
    day('2026-03-31', 'Evening', true, 'location', 'He waited at the petrol station on the way home', [
      'car',
      'phone',
      'carried',
    ]),
    {
      ...day(
        '2026-05-06',
        'The day before',
        true,
        'plan',
        'The dentist at 11:40, which stood only in the shared calendar',
        ['arranged'],
        ['Shared calendar', 'Lena’s Apple account', 'Lena’s phone', 'Kitchen tablet'],
      ),
      incident: 'He named the time of an appointment',
    },
    day(
      '2026-05-19',
      'Morning',
      false,
      'plan',
      'The optician, agreed by post and written in no calendar',
      ['arranged'],
      ['Old mailbox'],
    ),
    day(
      '2026-06-02',
      'Two hours later',
      true,
      'picture',
      '“You looked tired on the stairs”',
      ['home', 'phone'],
      ['Cameras at the house'],
    ),
    day(
      '2026-06-09',
      'Evening',
      false,
      'voice',
      'A talk in the kitchen about the court date: nothing came back',
      ['home', 'phone'],
    ),
  ]
  return moved(days, move)
}

/** What a stranger knew could all be looked up: the days say so, and nothing of the client’s has to leak. */
export function tellStrangerDays(move: MoveDays): readonly StoryLeakDay[] {
  const days = [
    day('2026-08-14', 'Afternoon', true, 'location', 'A parcel came to the new address', ['home']),
    day('2026-09-03', 'Evening', true, 'location', 'He wrote the name of the running club’s meeting point', [
      'carried',
      'phone',
      'arranged',
    ]),
    day('2026-09-10', 'Evening', false, 'location', 'A run alone, on another way: nothing came', [
      'carried',
      'phone',
    ]),
    day('2026-09-17', 'Evening', false, 'message', 'Wrote to a friend about moving: nothing came back', [
      'phone',
    ]),
  ]
  return moved(days, move)
}

const moved = (days: readonly StoryLeakDay[], move: MoveDays): readonly StoryLeakDay[] =>
  days.map(each => ({ ...each, on: move(`${each.on}T12:00`).slice(0, 10) }))
