import { z } from 'zod'
import { parseActCode } from '../chronology/act-codes.ts'
import type { TermId } from '../foundation/ids.ts'

export const orderKinds = [
  'spo',
  'interim-spo',
  'restraining',
  'non-molestation',
  'pha-injunction',
  'dapo',
  'bail',
  'other',
] as const
export type OrderKind = (typeof orderKinds)[number]

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const code = z.string().transform((text, context) => {
  const found = parseActCode(text)
  if (!found) context.addIssue({ code: 'custom', message: 'not an act' })
  return found ?? ('X_OTHER' as const)
})

export const eventKinds = ['varied', 'renewed', 'discharged', 'refused', 'notified'] as const
export type EventKind = (typeof eventKinds)[number]

/** One revision of an order, as it lies sealed. */
export const orderSchema = z.object({
  kind: z.enum(orderKinds),
  court: z.string(),
  force: z.string(),
  reference: z.string(),
  /** When the clinic asked the police to apply, and why the order is necessary, as it was put. */
  requestedOn: day.nullable(),
  necessity: z.string(),
  appliedOn: day.nullable(),
  madeOn: day.nullable(),
  ends: z.union([
    z.object({ kind: z.literal('on'), on: day }),
    z.object({ kind: z.literal('until-further-order') }),
    /** Not made yet. */
    z.object({ kind: z.literal('not-made') }),
  ]),
  /** Between these two instants it was served; the same one twice when the time is known. */
  served: z.object({ from: z.string(), until: z.string() }).nullable(),
  terms: z
    .array(
      z.object({
        termId: z.uuid().transform(text => text as TermId),
        kind: z.enum(['prohibition', 'requirement']),
        words: z.string(),
        codes: z.array(code).readonly(),
        from: day.nullable(),
        until: day.nullable(),
      }),
    )
    .readonly(),
  events: z.array(z.object({ kind: z.enum(eventKinds), on: day, note: z.string() })).readonly(),
})
export type Order = z.output<typeof orderSchema>

/** The kind as it stands on screen. */
export function sayOrderKind(kind: OrderKind): string {
  switch (kind) {
    case 'spo':
      return 'Stalking Protection Order (SPO)'
    case 'interim-spo':
      return 'Interim Stalking Protection Order'
    case 'restraining':
      return 'Restraining order'
    case 'non-molestation':
      return 'Non-molestation order'
    case 'pha-injunction':
      return 'Injunction under the Protection from Harassment Act'
    case 'dapo':
      return 'Domestic Abuse Protection Order (DAPO)'
    case 'bail':
      return 'Bail conditions'
    case 'other':
      return 'Another order'
  }
}

/** What happened to an order, as it stands on screen. */
export function sayEventKind(kind: EventKind): string {
  switch (kind) {
    case 'varied':
      return 'Varied'
    case 'renewed':
      return 'Renewed'
    case 'discharged':
      return 'Discharged'
    case 'refused':
      return 'Refused, or not applied for'
    case 'notified':
      return 'The served person gave the police their names and address'
  }
}
