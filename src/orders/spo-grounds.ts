import type { ActCode } from '../chronology/act-codes.ts'
import type { Incident } from '../chronology/incident.ts'
import { addMonths, dayAt } from '../foundation/calendar-day.ts'

export const limbs = [
  'acts',
  'more-than-one-day',
  'fear',
  'daily-life',
  'in-person',
  'goes-on',
  'went-on-after-reporting',
] as const
export type Limb = (typeof limbs)[number]

export type Ground = {
  readonly ground: 'acts' | 'risk' | 'necessary'
  readonly limbs: readonly {
    readonly limb: Limb
    /** The incidents that speak for it; none means that the file does not show it yet. */
    readonly incidents: readonly number[]
  }[]
}

const inPerson: readonly ActCode[] = ['A_FOLLOW', 'E_LOITER', 'G_WATCH']

/**
 * Finds, for each of the three grounds of a Stalking Protection Order, which incidents speak for it and where the file
 * shows nothing yet. It gathers and never weighs: the decision to apply is the police's.
 */
// Stalking Protection Act 2019, s.1(1)(a) to (c); s.1(4): the risk may be of physical or psychological harm
export function findGrounds(incidents: readonly Incident[], zone: string, now: Date): readonly Ground[] {
  const of = (is: (incident: Incident) => boolean): readonly number[] =>
    incidents.filter(is).map(each => each.number)
  const dayOf = ({ newest: { when } }: Incident): string | null =>
    when.precision === 'unknown' ? null : dayAt(when.startsAt, zone)
  const coded = incidents.filter(each => each.newest.codes.length > 0)
  const days = new Set(coded.map(dayOf).filter(day => day !== null))
  const today = dayAt(now, zone)
  const firstReported = incidents
    .filter(each => each.newest.toldTo !== '')
    .map(dayOf)
    .filter(day => day !== null)
    .sort()[0]
  return [
    {
      ground: 'acts',
      limbs: [
        { limb: 'acts', incidents: coded.map(each => each.number) },
        {
          limb: 'more-than-one-day',
          incidents: days.size > 1 ? coded.filter(each => dayOf(each) !== null).map(each => each.number) : [],
        },
      ],
    },
    {
      ground: 'risk',
      limbs: [
        { limb: 'fear', incidents: of(each => each.newest.herWords !== '') },
        { limb: 'daily-life', incidents: of(each => each.newest.changed !== '') },
        { limb: 'in-person', incidents: of(each => each.newest.codes.some(code => inPerson.includes(code))) },
      ],
    },
    {
      ground: 'necessary',
      limbs: [
        {
          limb: 'goes-on',
          incidents: of(each => {
            const day = dayOf(each)
            return day !== null && addMonths(day, 6) >= today
          }),
        },
        {
          limb: 'went-on-after-reporting',
          incidents: of(each => {
            const day = dayOf(each)
            return day !== null && firstReported !== undefined && day > firstReported
          }),
        },
      ],
    },
  ]
}

/** A ground as it stands on screen. */
export function sayGround(ground: Ground['ground']): string {
  switch (ground) {
    case 'acts':
      return '1. The suspected person has carried out acts associated with stalking'
    case 'risk':
      return '2. They pose a risk associated with stalking to another person'
    case 'necessary':
      return '3. There is reasonable cause to believe that an order is necessary to protect that person'
  }
}

/** A limb as it stands on screen. */
export function sayLimb(limb: Limb): string {
  switch (limb) {
    case 'acts':
      return 'Incidents coded as acts associated with stalking'
    case 'more-than-one-day':
      return 'Acts on more than one day'
    case 'fear':
      return 'Fear or distress, in the client’s own words'
    case 'daily-life':
      return 'What changed in the client’s daily life'
    case 'in-person':
      return 'Following, waiting or watching'
    case 'goes-on':
      return 'It goes on: incidents in the last six months'
    case 'went-on-after-reporting':
      return 'It went on after somebody was told'
  }
}

/** What the mapping means, in the words that are always used for it. */
// Fixed wording (rule S14)
export const meaningOfGrounds =
  'This shows which of the three grounds the file has something for, and where it has nothing yet. It does not say whether a ground is met. Whether to apply for an order is the decision of the police; whether to make one is the court’s.'
