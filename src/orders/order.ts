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

export const eventKinds = [
  'varied',
  'renewed',
  'discharged',
  'determined',
  'refused',
  'notified',
  'new-name',
  'new-address',
] as const
export type EventKind = (typeof eventKinds)[number]

/** It was between these two instants. They are the same when the time is known. */
const span = z.object({ from: z.string(), until: z.string() })
export const answers = ['yes', 'no', 'not-known'] as const
export type Answered = (typeof answers)[number]
const answered = z.enum(answers).default('not-known')

/** One revision of an order, as it is kept sealed. What an older revision was not asked is not known. */
export const orderSchema = z.object({
  kind: z.enum(orderKinds),
  court: z.string(),
  force: z.string(),
  reference: z.string(),
  /** When the clinic asked the police to apply, and why the order is necessary, in the words that were used. */
  requestedOn: day.nullable(),
  necessity: z.string(),
  appliedOn: day.nullable(),
  madeOn: day.nullable(),
  /** It was made, and nobody knows on which day. */
  isMadeDayUnknown: z.boolean().default(false),
  ends: z.union([
    z.object({ kind: z.literal('on'), on: day }),
    z.object({ kind: z.literal('until-further-order') }),
    /** It was made, and nobody recorded how long it lasts: it counts as going on. */
    z.object({ kind: z.literal('not-known') }),
    /** Not made yet. */
    z.object({ kind: z.literal('not-made') }),
  ]),
  /** When the papers were given to them; null when they were not, or nobody knows. */
  served: span.nullable(),
  /** Somebody said that the papers were not given to them yet; otherwise null above is "not known". */
  isUnserved: z.boolean().default(false),
  /** How and when they came to know of it, apart from the papers. */
  knew: z
    .union([
      /** They were there when it was made. */
      z.object({ how: z.literal('present') }),
      z.object({ how: z.literal('told'), from: z.string(), until: z.string() }),
    ])
    .nullable()
    .default(null),
  /** Whether a full SPO takes the place of an interim one. */
  replacesInterim: answered,
  /** Whether they give their names and address to the police under another law already. */
  alreadyNotifies: answered,
  /** Work, education and religion that terms should avoid, as far as anybody knows. */
  limits: z.string().default(''),
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

/** Whether it was made, as far as anybody recorded. */
export function isMade(order: Pick<Order, 'madeOn' | 'isMadeDayUnknown'>): boolean {
  return order.madeOn !== null || order.isMadeDayUnknown
}

/**
 * The first moment at which they are known to have known of it, by papers or otherwise; null when nothing says so. If
 * they were there when it was made, on a day that nobody knows, it counts from the day it was recorded.
 */
export function findKnownAt(
  { served, knew, madeOn }: Pick<Order, 'served' | 'knew' | 'madeOn'>,
  now: Date,
): Date | null {
  const moments = [
    ...(served ? [Date.parse(served.from)] : []),
    ...(knew?.how === 'told' ? [Date.parse(knew.from)] : []),
    ...(knew?.how === 'present' ? [madeOn === null ? now.getTime() : Date.parse(`${madeOn}T12:00:00Z`)] : []),
  ]
  return moments.length === 0 ? null : new Date(Math.min(...moments))
}

/** What happened to an order, as it is on screen. */
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
    case 'determined':
      return 'The application for the full order was decided'
    case 'notified':
      return 'They gave the police their names and address'
    case 'new-name':
      return 'They use a new name'
    case 'new-address':
      return 'They have a new home address'
  }
}
