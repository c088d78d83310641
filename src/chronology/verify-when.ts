import type { FormProblem } from '../foundation/decision.ts'
import { endOfDayAt, findMoment, startOfDay, type WhichOfTwo } from './find-moment.ts'
import type { Precision, When } from './incident.ts'

/** When it happened, as the form has it: dates read ("2026-03-02") or null when empty, times as typed. */
export type TypedWhen = {
  readonly precision: Precision | null
  readonly date: string | null
  readonly time: string
  readonly which: WhichOfTwo
  readonly endDate: string | null
  readonly endTime: string
  readonly endWhich: WhichOfTwo
  readonly noticedOn: string | null
}

export type WhenField =
  | 'precision'
  | 'date-day'
  | 'time'
  | 'which'
  | 'endDate-day'
  | 'endTime'
  | 'endWhich'
  | 'noticedOn-day'

export type WhenVerified =
  | { readonly ok: true; readonly when: When; readonly noticedOn: string | null }
  | { readonly ok: false; readonly problems: readonly FormProblem<WhenField>[] }

/**
 * Checks when an incident happened, against the zone of the case and the moment it is being written down.
 * Answers every problem at once. A date without a time is kept as "at some time on that day", never as a made-up hour.
 */
export function verifyWhen(typed: TypedWhen, zone: string, now: Date): WhenVerified {
  const problems: FormProblem<WhenField>[] = []
  const read = readWhen(typed, zone, problems)
  // "Today, at some time" can only be before the moment it is written down.
  const when =
    read?.precision === 'between' && read.startsAt <= now && read.endsAt > now
      ? { ...read, endsAt: now }
      : read
  if (when && when.precision !== 'unknown' && when.startsAt > now) {
    problems.push({ field: 'date-day', message: 'The date and time it happened must be in the past' })
  }
  const noticedOn = checkNoticed(typed, when, zone, now, problems)
  return when && problems.length === 0 ? { ok: true, when, noticedOn } : { ok: false, problems }
}

function readWhen(typed: TypedWhen, zone: string, problems: FormProblem<WhenField>[]): When | null {
  switch (typed.precision) {
    case null:
      problems.push({ field: 'precision', message: 'Select how surely the time is known' })
      return null
    case 'unknown':
      return { precision: 'unknown' }
    case 'exact':
    case 'about': {
      if (typed.date === null) {
        problems.push({ field: 'date-day', message: 'Enter the date it happened' })
        return null
      }
      if (typed.time === '') {
        if (typed.precision === 'about') return wholeDays(typed.date, typed.date, zone)
        problems.push({
          field: 'time',
          message: 'Enter the time it happened, or select that the time is not exact',
        })
        return null
      }
      const startsAt = readMoment(typed.date, typed.time, typed.which, zone, 'time', 'which', problems)
      return startsAt && { precision: typed.precision, startsAt }
    }
    case 'between':
      return readBetween(typed, zone, problems)
  }
}

function readBetween(typed: TypedWhen, zone: string, problems: FormProblem<WhenField>[]): When | null {
  if (typed.date === null)
    problems.push({ field: 'date-day', message: 'Enter the earliest date it can have happened' })
  if (typed.endDate === null) {
    problems.push({ field: 'endDate-day', message: 'Enter the latest date it can have happened' })
  }
  if (typed.date === null || typed.endDate === null) return null
  const startsAt =
    typed.time === ''
      ? startOfDay(typed.date, zone)
      : readMoment(typed.date, typed.time, typed.which, zone, 'time', 'which', problems)
  const endsAt =
    typed.endTime === ''
      ? endOfDayAt(typed.endDate, zone)
      : readMoment(typed.endDate, typed.endTime, typed.endWhich, zone, 'endTime', 'endWhich', problems)
  if (!startsAt || !endsAt) return null
  if (endsAt.getTime() < startsAt.getTime()) {
    problems.push({ field: 'endDate-day', message: 'The latest time must be after the earliest' })
    return null
  }
  return { precision: 'between', startsAt, endsAt }
}

function readMoment(
  date: string,
  time: string,
  which: WhichOfTwo,
  zone: string,
  timeField: 'time' | 'endTime',
  whichField: 'which' | 'endWhich',
  problems: FormProblem<WhenField>[],
): Date | null {
  const found = findMoment(date, time, zone, which)
  if (found.kind === 'moment') return found.at
  problems.push({ field: found.part === 'time' ? timeField : whichField, message: found.message })
  return null
}

function wholeDays(first: string, last: string, zone: string): When {
  return { precision: 'between', startsAt: startOfDay(first, zone), endsAt: endOfDayAt(last, zone) }
}

function checkNoticed(
  typed: TypedWhen,
  when: When | null,
  zone: string,
  now: Date,
  problems: FormProblem<WhenField>[],
): string | null {
  if (typed.noticedOn === null) return null
  if (startOfDay(typed.noticedOn, zone).getTime() > now.getTime()) {
    problems.push({ field: 'noticedOn-day', message: 'The date it was noticed must be today or in the past' })
  } else if (
    when &&
    when.precision !== 'unknown' &&
    endOfDayAt(typed.noticedOn, zone).getTime() < when.startsAt.getTime()
  ) {
    problems.push({
      field: 'noticedOn-day',
      message: 'The date it was noticed must be on or after the date it happened',
    })
  }
  return typed.noticedOn
}
