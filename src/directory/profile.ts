import { z } from 'zod'
import { openingSchema } from './opening.ts'
import { parsePostcode } from './postcode.ts'

/** The kinds of agency the database knows. */
export const agencyKinds = [
  'domestic-abuse-service',
  'cyber-helpline',
  'stalking-charity',
  'police',
  'other',
] as const

/** What a service is for, as a page may say it in its address: codes, never anything about a person. */
export const needs = [
  'danger-now',
  'under-age',
  'other-area',
  'stalking',
  'fraud',
  'domestic-abuse',
  'men',
  'lgbt',
  'honour-based',
  'images',
  'cyber',
  'crime',
  'own-behaviour',
  'distress',
] as const

export type Need = (typeof needs)[number]

const text = (most: number) => z.string().trim().min(1).max(most)
const day = z.iso.date({ error: 'must be a day such as 2026-03-02' })
const outwardShape = /^[A-Z]{1,2}[0-9][A-Z0-9]?$/
const outwardCode = z
  .string()
  .regex(outwardShape, { error: 'must be the first half of a postcode, such as TN9' })
const fullPostcode = z
  .string()
  .transform(value => parsePostcode(value))
  .refine(value => value.kind === 'full', { error: 'must be a full postcode' })
  .transform(value => (value.kind === 'full' ? value.postcode : ''))

const service = z
  .strictObject({
    name: text(120),
    for: z.array(z.enum(needs)).min(1),
    /** One or two sentences: what they do, and what to know before ringing. */
    says: text(600),
    number: text(40).optional(),
    /** Hours in words, where they are not known well enough to calculate with. */
    hours: text(120).optional(),
    /** Hours to calculate with: always, or by the week. */
    open: openingSchema.optional(),
    url: z.url({ protocol: /^https$/ }).optional(),
    source: text(300),
    /** Who has to check this entry. */
    checker: text(120).default('A coordinator of the lead agency'),
    /** Null: taken from a published list, and not yet checked by anybody here. */
    lastChecked: day.nullable(),
    /** How it was checked that day. */
    checkedBy: text(200).optional(),
  })
  .refine(entry => !(entry.hours && entry.open), {
    error: 'has hours in words and hours to calculate with: keep one',
  })
  .refine(entry => entry.lastChecked === null || entry.checkedBy !== undefined, {
    error: 'says when it was checked and not by what',
  })

const agency = z.strictObject({
  slug: z.string().regex(/^[a-z0-9-]{2,60}$/, { error: 'must be lower-case letters, digits and hyphens' }),
  name: text(120),
  kind: z.enum(agencyKinds),
  isLead: z.boolean().default(false),
})

const minutes = (least: number, most: number) => z.int().min(least).max(most).multipleOf(15)

const tries = z.int().min(1).max(9).default(3)

/** A clinic that says nothing of it keeps the 45 minutes this kind of clinic began with. */
const appointments = z
  .strictObject({
    /** How long an appointment is. */
    minutes: minutes(15, 180).default(45),
    /** How long everybody keeps after it, for writing up. */
    writeUpMinutes: minutes(0, 120).default(15),
    /** Appointments begin on the hour, and every so many minutes after it. */
    gridMinutes: z.literal([15, 30, 60]).default(15),
    /** How many days ahead times are offered. */
    daysAhead: z.int().min(1).max(90).default(28),
    /** How often somebody who did not come is tried, at least, for each risk, before they may be given up. */
    tries: z
      .strictObject({ today: tries, 'two-days': tries, 'seven-days': tries, routine: tries })
      .prefault({}),
  })
  .prefault({})

const profileSchema = z
  .strictObject({
    slug: z.string().regex(/^[a-z0-9-]{2,60}$/, { error: 'must be lower-case letters, digits and hyphens' }),
    name: text(120),
    timeZone: text(60).refine(isZone, { error: 'must be a time zone such as Europe/London' }),
    /** Where the exit control ends: a site that says nothing about the person. */
    neutralExit: z.url({ protocol: /^https$/ }),
    ages: z.strictObject({ from: z.int().min(0).max(120) }),
    public: z.strictObject({
      /** Two or three plain sentences for the first public page. */
      introduction: text(1000),
      phone: z.strictObject({ number: text(40), hours: text(120) }).nullable(),
      whatHappensNext: z.array(text(300)).min(1).max(8),
    }),
    agencies: z.array(agency).min(1),
    area: z.strictObject({
      name: text(120),
      /** Council districts by name and by the code of the Office for National Statistics. */
      districts: z.array(z.strictObject({ name: text(120), code: z.string().regex(/^[ENSW]\d{8}$/) })).min(1),
      outward: z.strictObject({
        inside: z.array(outwardCode),
        outside: z.array(outwardCode).default([]),
        /** Codes that lie on both sides of the border: only the full postcode decides. */
        straddling: z.array(outwardCode),
      }),
      postcodes: z.strictObject({ inside: z.array(fullPostcode), outside: z.array(fullPostcode) }),
    }),
    services: z.array(service).min(1),
    /**
     * The people the program writes to at once when somebody may be in danger: addresses of staff, read outside the
     * clinic. The mail says that there is something to look at, and nothing else. None: nobody is written to.
     */
    onCall: z
      .array(z.email({ error: 'must be the address of a mailbox, such as rota@example.org' }).max(254))
      .max(20)
      .default([]),
    appointments,
    /** Figures: a count below `least` is not shown, and what is shown is rounded to `roundTo`. */
    smallNumbers: z
      .strictObject({ least: z.int().min(5).max(20), roundTo: z.int().min(1).max(10) })
      .default({ least: 5, roundTo: 5 }),
  })
  .superRefine((profile, context) => {
    if (profile.agencies.filter(each => each.isLead).length !== 1) {
      context.addIssue({ code: 'custom', path: ['agencies'], message: 'exactly one agency must be the lead' })
    }
    if (new Set(profile.agencies.map(each => each.slug)).size < profile.agencies.length) {
      context.addIssue({ code: 'custom', path: ['agencies'], message: 'two agencies have the same slug' })
    }
    const { inside, outside, straddling } = profile.area.outward
    const seen = new Set<string>()
    for (const code of [...inside, ...outside, ...straddling]) {
      if (seen.has(code)) {
        context.addIssue({
          code: 'custom',
          path: ['area', 'outward'],
          message: `${code} stands in two lists`,
        })
      }
      seen.add(code)
    }
    const within = new Set(profile.area.postcodes.inside)
    for (const postcode of profile.area.postcodes.outside) {
      if (within.has(postcode)) {
        context.addIssue({
          code: 'custom',
          path: ['area', 'postcodes'],
          message: `${postcode} stands in two lists`,
        })
      }
    }
  })

function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en-GB', { timeZone: zone }))
  } catch {
    return false
  }
}

/** Everything that makes a clinic this clinic; nothing of it is in the code. */
export type Profile = z.output<typeof profileSchema>
export type Service = Profile['services'][number]
export type Area = Profile['area']

/**
 * Reads a profile as it came from a file. Returns the profile, or everything that is wrong with it, each with its place
 * ("area.outward.inside.3: must be …").
 */
export function parseProfile(
  value: unknown,
):
  | { readonly ok: true; readonly profile: Profile }
  | { readonly ok: false; readonly problems: readonly string[] } {
  const parsed = profileSchema.safeParse(value)
  if (parsed.success) return { ok: true, profile: parsed.data }
  return {
    ok: false,
    problems: parsed.error.issues.map(issue => `${issue.path.join('.') || 'the profile'}: ${issue.message}`),
  }
}
