import { z } from 'zod'
import { endOfDay, findMoment, startOfDay } from '../../../chronology/find-moment.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { anyOf, oneOf, oneOrNone, optionalText } from '../../../web/form-fields.ts'
import { readDate } from '../../../web/read-date.ts'
import { type FormResult, readForm } from '../../../web/read-form.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import { type Order, orderKinds } from '../../order.ts'
import type { NewTerm, OrderFacts } from '../../order-change.ts'
import { termTemplates } from '../../terms.ts'
import { verifyOrder } from '../../verify-order.ts'

const templates = termTemplates.map(each => each.template)
const schema = z.object({
  kind: oneOf(orderKinds, 'Select what kind of order it is'),
  court: optionalText({ what: 'The court', max: 200 }),
  force: optionalText({ what: 'The police force', max: 200 }),
  reference: optionalText({ what: 'The reference', max: 100 }),
  endsHow: oneOrNone(['on', 'until-further-order'], 'Select how long it lasts'),
  servedTime: optionalText({ what: 'The time', max: 20 }),
  which: oneOrNone(['earlier', 'later'], 'Select which of the two'),
  templates: anyOf(templates),
})

export type OrderForm = { readonly facts: OrderFacts; readonly terms: readonly NewTerm[] }

/** Reads the form that records or corrects an order; every problem at once. */
export function readOrderForm(form: FormFields, zone: string, now: Date): FormResult<OrderForm> {
  const read = readForm(schema, form)
  const problems: FormProblem[] = read.ok ? [] : [...read.problems]
  const date = (name: string, what: string): string | null => {
    const found = readDate(form, name, { what, required: false })
    if (found.ok) return found.value
    problems.push(...found.problems)
    return null
  }
  const appliedOn = date('appliedOn', 'the date it was applied for')
  const madeOn = date('madeOn', 'the date it was made')
  const endsOn = date('endsOn', 'the date it ends')
  const servedOn = date('servedOn', 'the date it was served')
  const served = readServed(form, servedOn, zone, now, problems)
  if (!read.ok) return { ok: false, problems }
  const { kind, endsHow } = read.value
  const given = new Set(problems.map(each => each.field))
  const more = verifyOrder({ kind, appliedOn, madeOn, endsHow, endsOn, servedOn, served }, zone, now)
  problems.push(...more.filter(each => !given.has(each.field)))
  if (problems.length > 0) return { ok: false, problems }
  const { court, force, reference } = read.value
  const ends: Order['ends'] =
    madeOn === null
      ? { kind: 'not-made' }
      : endsHow === 'on' && endsOn !== null
        ? { kind: 'on', on: endsOn }
        : { kind: 'until-further-order' }
  return {
    ok: true,
    value: {
      facts: {
        kind,
        court,
        force,
        reference,
        appliedOn,
        madeOn,
        ends,
        served: served && { from: served.from.toISOString(), until: served.until.toISOString() },
      },
      terms: readTemplates(read.value.templates),
    },
  }
}

/** The terms of the templates that were ticked. */
export function readTemplates(ticked: readonly string[]): readonly NewTerm[] {
  return termTemplates
    .filter(each => ticked.includes(each.template))
    .map(({ kind, words, codes }) => ({ kind, words, codes }))
}

/** A day without a time is the whole of that day, up to now: nobody makes up an hour. */
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
  if (time === '') {
    const until = endOfDay(servedOn, zone)
    return { from: startOfDay(servedOn, zone), until: until > now ? now : until }
  }
  const which = fieldText(form, 'which')
  const found = findMoment(servedOn, time, zone, which === 'earlier' || which === 'later' ? which : null)
  if (found.kind === 'moment') return { from: found.at, until: found.at }
  problems.push({ field: found.part === 'time' ? 'servedTime' : 'which', message: found.message })
  return null
}
