import { z } from 'zod'
import { attendances } from '../appointments/appointment.ts'
import { parseActCode } from '../chronology/act-codes.ts'
import { conductSchema } from '../chronology/conduct.ts'
import { contactInShortSchema } from '../contact/contact-in-short.ts'
import { type CasePart, caseParts } from '../foundation/case-part.ts'
import type { AgencyId, IncidentId } from '../foundation/ids.ts'
import { ordersInShortSchema } from '../orders/orders-in-short.ts'
import { planInShortSchema } from '../plans/plan-in-short.ts'

const instant = z.iso.datetime().transform(text => new Date(text))
const count = z.int().min(0)
const incident = z.object({
  incidentId: z.uuid().transform(text => text as IncidentId),
  number: count,
  newest: z.object({
    at: instant,
    when: z.discriminatedUnion('precision', [
      z.object({ precision: z.literal('exact'), startsAt: instant }),
      z.object({ precision: z.literal('about'), startsAt: instant }),
      z.object({ precision: z.literal('between'), startsAt: instant, endsAt: instant }),
      z.object({ precision: z.literal('unknown') }),
    ]),
    codes: z.array(z.string().transform(parseActCode)).transform(all => all.filter(code => code !== null)),
  }),
})

/**
 * What the page of a case shows of each part, as it lies sealed. Nothing of it depends on the hour or on who looks: what is
 * due, over or in force is found at each look, by the rules of the room it belongs to.
 */
export const glanceSchemas = {
  /** The first account in a few words; null where nothing of it is held. */
  referral: z.object({ words: z.string(), facts: z.array(z.string()).readonly() }).nullable(),
  consent: z
    .array(
      z.object({
        agencyId: z.uuid().transform(text => text as AgencyId),
        agencyName: z.string(),
        parts: z.array(z.enum(caseParts)).readonly(),
        basis: z.enum(['consent', 'lawful-exception']),
        inForceFrom: instant,
        inForceUntil: instant.nullable(),
        withdrawnAt: instant.nullable(),
      }),
    )
    .readonly(),
  evidence: z.object({
    failed: count,
    unread: count,
    asking: count,
    'in-doubt': count,
    'being-read': count,
    read: count,
    items: count,
  }),
  chronology: z.object({ incidents: z.array(incident).readonly(), conduct: conductSchema.nullable() }),
  appointment: z
    .array(
      z.object({
        startsAt: instant,
        endsAt: instant,
        state: z.enum(['booked', 'cancelled', ...attendances]),
      }),
    )
    .readonly(),
  plan: planInShortSchema,
  order: ordersInShortSchema,
  /** Things that are there, and days of the leak finder that count. */
  map: z.object({ things: count, days: count }),
  contact: contactInShortSchema,
} satisfies Partial<Record<CasePart, z.ZodType>>

/** The parts of a case that have a glance. A bundle has none: not everybody who sees bundles sees every bundle. */
export type GlancePart = keyof typeof glanceSchemas
export type Glances = { readonly [Part in GlancePart]: z.output<(typeof glanceSchemas)[Part]> }

export const glanceParts = Object.keys(glanceSchemas) as readonly GlancePart[]

/** The name under which a glance is sealed: it opens for no other part and no other revision. */
export function fieldOfGlance(part: GlancePart, revision: number): string {
  return `glance ${part} ${revision}`
}
