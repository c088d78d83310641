import type { ActCode } from '../chronology/act-codes.ts'
import type { Conduct } from '../chronology/conduct.ts'
import type { Incident } from '../chronology/incident.ts'
import type { Sign } from '../chronology/signs.ts'
import { spanOfWhen } from '../chronology/when-span.ts'
import { addDays, addMonths, type CalendarDay, dayAt, sayDay } from '../foundation/calendar-day.ts'
import type { IncidentId } from '../foundation/ids.ts'

export const limbs = [
  'acts',
  'occasions',
  'fear',
  'daily-life',
  'access-now',
  'digital',
  'in-person',
  'place',
  'threats',
  'new-channel',
  'worse',
  'others',
  'broken-order',
  'goes-on',
  'went-on-after-telling',
] as const
export type GroundLimb = (typeof limbs)[number]

export type StatutoryLimb = {
  readonly limb: GroundLimb
  /** The incidents that support it. */
  readonly incidents: readonly number[]
  /** What else is known, or why it cannot be known. Never silence. */
  readonly known: readonly string[]
}

export type StatutoryGround = {
  readonly ground: 'acts' | 'risk' | 'necessary'
  readonly limbs: readonly StatutoryLimb[]
}

/** What the suspected person reaches by the access map; null when this person may not see the map. */
export type AccessNow = null | { readonly things: number; readonly reached: readonly string[] }

/** What the statutory grounds are gathered from. */
export type GroundFacts = {
  readonly incidents: readonly Incident[]
  /** The course of conduct that a person chose; null while nobody has. */
  readonly conduct: Pick<Conduct, 'incidents'> | null
  /** Incidents beside the orders of the case: whether a person took them for a breach, or nobody has decided. */
  readonly breaches: readonly { readonly number: number; readonly isConfirmed: boolean | null }[]
  readonly access: AccessNow
}

const inPerson: readonly ActCode[] = ['A_FOLLOW', 'E_LOITER', 'G_WATCH']
const digital: readonly ActCode[] = ['C_PUBLISH', 'D_MONITOR', 'F_INTERFERE']

/**
 * Finds, for each of the three statutory grounds of a Stalking Protection Order, which incidents support it, what
 * else the file knows, and what it cannot know. It gathers and never weighs: the police decide whether to apply.
 */
// Stalking Protection Act 2019, s.1(1)(a) to (c); s.1(4): physical or psychological harm, and from acts harmless in themselves
export function findStatutoryGrounds(file: GroundFacts, zone: string, now: Date): readonly StatutoryGround[] {
  const { incidents, conduct } = file
  const of = (is: (incident: Incident) => boolean): readonly number[] =>
    incidents.filter(is).map(each => each.number)
  const coded = (codes: readonly ActCode[]) =>
    of(each => each.newest.codes.some(code => codes.includes(code)))
  const showing = (sign: Sign, limb: GroundLimb): StatutoryLimb =>
    limbOf(
      limb,
      of(each => (each.newest.shows ?? []).includes(sign)),
    )
  const acts = of(each => each.newest.codes.length > 0)
  return [
    { ground: 'acts', limbs: [limbOf('acts', acts), findOccasions(incidents, conduct)] },
    {
      ground: 'risk',
      limbs: [
        limbOf(
          'fear',
          of(each => each.newest.clientWords !== ''),
        ),
        limbOf(
          'daily-life',
          of(each => each.newest.changed !== ''),
        ),
        limbOf('access-now', [], [sayAccess(file.access)]),
        limbOf('digital', coded(digital)),
        limbOf(
          'in-person',
          of(
            each =>
              each.newest.codes.some(code => inPerson.includes(code)) ||
              (each.newest.shows ?? []).includes('in-person'),
          ),
        ),
        showing('place', 'place'),
        showing('threat', 'threats'),
        showing('new-channel', 'new-channel'),
        findTempo(file, zone, now),
        showing('others', 'others'),
        findBroken(file),
      ],
    },
    { ground: 'necessary', limbs: [findGoingOn(incidents, zone, now), findAfterTelling(incidents, zone)] },
  ]
}

function limbOf(
  limb: GroundLimb,
  incidents: readonly number[],
  known: readonly string[] = [],
): StatutoryLimb {
  return { limb, incidents, known }
}

/**
 * Each incident that a person recorded separately is an occasion. If somebody chose the course of conduct, those
 * count.
 */
function findOccasions(incidents: readonly Incident[], conduct: GroundFacts['conduct']): StatutoryLimb {
  const isIn = (id: IncidentId): boolean => conduct === null || conduct.incidents.includes(id)
  const found = incidents
    .filter(each => each.newest.codes.length > 0 && isIn(each.incidentId))
    .map(each => each.number)
  return limbOf('occasions', found.length > 1 ? found : [], [
    ...(found.length === 1
      ? [`One incident so far, incident ${found[0]}. One incident can hold more than one occasion`]
      : []),
    ...(conduct === null ? ['Nobody has chosen yet which incidents are the course of conduct'] : []),
  ])
}

function sayAccess(access: AccessNow): string {
  if (access === null) return 'The access map is not shared with you'
  if (access.things === 0) return 'Nothing is on the access map yet, so what they can reach is not known'
  return access.reached.length === 0
    ? 'By the access map and its answers so far: nothing. That is no proof that they reach nothing'
    : `By the access map, they reach or may reach: ${access.reached.join(', ')}`
}

function findTempo({ incidents }: GroundFacts, zone: string, now: Date): StatutoryLimb {
  const days = incidents.flatMap(({ newest }) => {
    const span = spanOfWhen(newest.when)
    return span === null ? [] : [dayAt(new Date(span.from), zone)]
  })
  const today = dayAt(now, zone)
  const [middle, early] = [addDays(today, -90), addDays(today, -180)]
  const late = days.filter(day => day > middle).length
  const before = days.filter(day => day > early && day <= middle).length
  const marked = incidents
    .filter(each => (each.newest.shows ?? []).includes('worse'))
    .map(each => each.number)
  // Fixed wording (rule S14): a count of what was written down is not a count of what happened
  return limbOf('worse', marked, [
    `Written down: ${count(late)} in the last 90 days, ${count(before)} in the 90 before. People write down more once they keep a log, and a time with no incidents is not safety`,
  ])
}

function count(number: number): string {
  return number === 1 ? '1 incident' : `${number} incidents`
}

function findBroken({ breaches }: GroundFacts): StatutoryLimb {
  const numbersOf = (isConfirmed: boolean | null) => [
    ...new Set(breaches.filter(each => each.isConfirmed === isConfirmed).map(each => each.number)),
  ]
  const open = numbersOf(null)
  return limbOf(
    'broken-order',
    numbersOf(true),
    open.length === 0
      ? []
      : [
          `${open.length === 1 ? 'One possible breach waits' : `${open.length} possible breaches wait`} for a person to look at`,
        ],
  )
}

function findGoingOn(incidents: readonly Incident[], zone: string, now: Date): StatutoryLimb {
  const today = dayAt(now, zone)
  const recent = incidents.filter(({ newest }) => {
    const span = spanOfWhen(newest.when)
    return span !== null && addMonths(dayAt(new Date(span.until), zone), 6) >= today
  })
  return limbOf(
    'goes-on',
    recent.map(each => each.number),
    sayUndated(incidents),
  )
}

/** Counted from the day the police or another body was told. Telling a friend is not asking for help to stop it. */
function findAfterTelling(incidents: readonly Incident[], zone: string): StatutoryLimb {
  const tellings = incidents.flatMap(({ newest }) => (newest.telling ? [newest.telling] : []))
  const official = tellings.filter(each => each.whom !== 'other')
  const first: CalendarDay | undefined = official.flatMap(each => each.on ?? []).sort()[0]
  const undated = official.filter(each => each.on === null).length
  const onlyWords = incidents
    .filter(({ newest }) => !newest.telling && newest.toldTo !== '')
    .map(each => each.number)
  const after = incidents.filter(({ newest }) => {
    const span = spanOfWhen(newest.when)
    return span !== null && first !== undefined && dayAt(new Date(span.from), zone) > first
  })
  return limbOf(
    'went-on-after-telling',
    after.map(each => each.number),
    [
      first === undefined
        ? 'No day is recorded on which the police or another body was told'
        : `First told on ${sayDay(first)}`,
      ...(undated > 0
        ? [
            `${undated === 1 ? 'One telling has' : `${undated} tellings have`} no day, so nothing is counted from it`,
          ]
        : []),
      ...(onlyWords.length > 0
        ? [`Told in words only, without who and when: incident ${onlyWords.join(', ')}. Revise it to count`]
        : []),
    ],
  )
}

function sayUndated(incidents: readonly Incident[]): readonly string[] {
  const undated = incidents.filter(each => each.newest.when.precision === 'unknown').length
  return undated === 0
    ? []
    : [`${count(undated)} without a known time ${undated === 1 ? 'is' : 'are'} not counted`]
}

/** A statutory ground as it is on screen. */
export function sayStatutoryGround(ground: StatutoryGround['ground']): string {
  switch (ground) {
    case 'acts':
      return '1. The suspected person has carried out acts associated with stalking'
    case 'risk':
      return '2. They pose a risk associated with stalking to another person'
    case 'necessary':
      return '3. There is reasonable cause to believe that an order is necessary to protect that person'
  }
}

const limbWords: Readonly<Record<GroundLimb, string>> = {
  acts: 'Incidents coded as acts associated with stalking',
  occasions: 'More than one occasion, as people told them apart',
  fear: 'Fear or distress, in the client’s own words',
  'daily-life': 'What changed in the client’s daily life',
  'access-now': 'What they can reach now',
  digital: 'Monitoring, interfering or publishing',
  'in-person': 'Following, waiting, watching, or coming in person',
  place: 'They knew where the client was, lives or goes',
  threats: 'Threats, open or hinted',
  'new-channel': 'New accounts, numbers, devices or methods',
  worse: 'It gets worse',
  others: 'Against, or through, people around the client',
  'broken-order': 'An order or bail condition broken, as a person decided',
  'goes-on': 'It goes on: incidents in the last six months',
  'went-on-after-telling': 'It went on after the police or another body was told',
}

/** A limb as it is on screen. */
export function sayLimb(limb: GroundLimb): string {
  return limbWords[limb]
}

/** What the mapping means, in the words that are always used for it. */
// Fixed wording (rule S14)
export const meaningOfStatutoryGrounds =
  'This shows which of the three grounds the file has something for, and where it has nothing yet. It does not say whether a ground is met. Whether to apply for an order is the decision of the police; whether to make one is the court’s.'
