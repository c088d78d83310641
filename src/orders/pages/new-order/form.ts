import { z } from 'zod'
import { endOfDayAt, findMoment, startOfDay } from '../../../chronology/find-moment.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { anyOf, oneOf, oneOrNone, optionalText } from '../../../web/form-fields.ts'
import { readDate } from '../../../web/read-date.ts'
import { type FormResult, readForm } from '../../../web/read-form.ts'
import { type FormFields, fieldText, fieldValues } from '../../../web/request.ts'
import { answers, type Order, type OrderKind, orderKinds } from '../../order.ts'
import type { NewTerm, OrderFacts } from '../../order-change.ts'
import { lawOf } from '../../order-law.ts'
import { termTemplates } from '../../terms.ts'
import { knewAnswers, madeAnswers, serviceAnswers, type TypedOrder, verifyOrder } from '../../verify-order.ts'
import { readTemplates } from '../parts/term-templates.ts'

export const templates = termTemplates.map(each => each.template)
const schema = z.object({
  kind: oneOf(orderKinds, 'Select what kind of order it is'),
  court: optionalText({ what: 'The court', max: 200 }),
  force: optionalText({ what: 'The police force', max: 200 }),
  reference: optionalText({ what: 'The reference', max: 100 }),
  made: oneOrNone(madeAnswers, 'Select whether it has been made'),
  endsHow: oneOrNone(['on', 'until-further-order', 'not-known'], 'Select how long it lasts'),
  knew: oneOrNone(knewAnswers, 'Select whether they knew of it apart from the papers'),
  service: oneOrNone(serviceAnswers, 'Select whether the papers were served'),
  servedTime: optionalText({ what: 'The time', max: 20 }),
  which: oneOrNone(['earlier', 'later'], 'Select which of the two'),
  replacesInterim: oneOrNone(answers, 'Select whether it takes the place of an interim order'),
  alreadyNotifies: oneOrNone(answers, 'Select whether they notify the police already'),
  templates: anyOf(templates),
})

/** Questions that have one answer. A form that brings two is refused, and neither is taken. */
const single = ['kind', 'made', 'endsHow', 'knew', 'service', 'replacesInterim', 'alreadyNotifies']
const dates = ['madeOn', 'endsOn', 'knewOn', 'servedOn']

export type ReadOrder = { readonly facts: OrderFacts; readonly terms: readonly NewTerm[] }

/** Reads the form that records or corrects an order; every problem at once. */
export function readOrderForm(form: FormFields, zone: string, now: Date): FormResult<ReadOrder> {
  const read = readForm(schema, form)
  const problems: FormProblem[] = read.ok ? [] : [...read.problems]
  problems.push(...findTwoAnswers(form))
  const date = (name: string, what: string): string | null => {
    const found = readDate(form, name, { what, required: false })
    if (found.ok) return found.value
    problems.push(...found.problems)
    return null
  }
  const appliedOn = date('appliedOn', 'the date it was applied for')
  const madeOn = date('madeOn', 'the date it was made')
  const endsOn = date('endsOn', 'the date it ends')
  const knewOn = date('knewOn', 'the date they were told')
  const servedOn = date('servedOn', 'the date it was served')
  const served = readServed(form, servedOn, zone, now, problems)
  if (!read.ok) return { ok: false, problems }
  const { kind, made, endsHow, knew, service } = read.value
  const typed = { kind, appliedOn, made, madeOn, endsHow, endsOn, service, servedOn, served, knew, knewOn }
  const given = new Set(problems.map(each => baseOf(each.field)))
  problems.push(...verifyOrder(typed, zone, now).filter(each => !given.has(baseOf(each.field))))
  if (problems.length > 0) return { ok: false, problems }
  const { court, force, reference, replacesInterim, alreadyNotifies } = read.value
  const asked = lawOf(kind).notification?.unless ?? []
  const facts: OrderFacts = {
    kind,
    court,
    force,
    reference,
    appliedOn,
    madeOn,
    isMadeDayUnknown: made === 'day-not-known',
    ends: endsOf(typed),
    served: served && { from: served.from.toISOString(), until: served.until.toISOString() },
    isUnserved: service === 'not-yet',
    knew: knewOf(typed, zone, now),
    // A question that this kind does not ask has no answer, whatever was answered for an earlier kind.
    replacesInterim: asked.includes('replaces-interim') ? (replacesInterim ?? 'not-known') : 'not-known',
    alreadyNotifies: asked.includes('already-notifies') ? (alreadyNotifies ?? 'not-known') : 'not-known',
  }
  return { ok: true, value: { facts, terms: readTemplates(read.value.templates) } }
}

function findTwoAnswers(form: FormFields): readonly FormProblem[] {
  const message = 'Two answers came for this: select one'
  const isTwice = (name: string): boolean => new Set(fieldValues(form, name)).size > 1
  return [
    ...single.filter(isTwice).map(field => ({ field, message })),
    ...dates
      .filter(name => ['day', 'month', 'year'].some(part => isTwice(`${name}-${part}`)))
      .map(name => ({ field: `${name}-day`, message: 'Two dates came for this: enter one' })),
    ...(isTwice('servedTime')
      ? [{ field: 'servedTime', message: 'Two times came for this: enter one' }]
      : []),
  ]
}

function endsOf({ made, endsHow, endsOn }: TypedOrder): Order['ends'] {
  if (made === 'not-yet') return { kind: 'not-made' }
  if (endsHow === 'on' && endsOn !== null) return { kind: 'on', on: endsOn }
  return { kind: endsHow === 'until-further-order' ? 'until-further-order' : 'not-known' }
}

function knewOf({ made, knew, knewOn }: TypedOrder, zone: string, now: Date): Order['knew'] {
  if (made === 'not-yet') return null
  if (knew === 'present') return { how: 'present' }
  if (knew !== 'told' || knewOn === null) return null
  const { from, until } = dayOf(knewOn, zone, now)
  return { how: 'told', from: from.toISOString(), until: until.toISOString() }
}

/** A day without a time is the whole of that day, up to now. Nobody makes up an hour. */
function dayOf(day: string, zone: string, now: Date): { readonly from: Date; readonly until: Date } {
  const until = new Date(endOfDayAt(day, zone).getTime() + 59_999)
  return { from: startOfDay(day, zone), until: until > now ? now : until }
}

function readServed(
  form: FormFields,
  servedOn: string | null,
  zone: string,
  now: Date,
  problems: FormProblem[],
): { readonly from: Date; readonly until: Date } | null {
  const time = fieldText(form, 'servedTime').trim()
  if (servedOn === null) {
    if (time !== '') problems.push({ field: 'servedOn-day', message: 'Enter the date it was served' })
    return null
  }
  if (time === '') return dayOf(servedOn, zone, now)
  const which = fieldText(form, 'which')
  const found = findMoment(servedOn, time, zone, which === 'earlier' || which === 'later' ? which : null)
  if (found.kind === 'moment') return { from: found.at, until: found.at }
  problems.push({ field: found.part === 'time' ? 'servedTime' : 'which', message: found.message })
  return null
}

function baseOf(field: string): string {
  return field.replace(/-(day|month|year)$/, '')
}

/** The kind of order that a form or an address names; null when it names none. */
export function parseKind(text: string): OrderKind | null {
  return orderKinds.find(each => each === text) ?? null
}
