import { z } from 'zod'
import { flagReasons } from './flag-packages.ts'
import { unreadReasons } from './list-lines.ts'

/** What was looked at. */
export const checkSubjects = [
  'settings',
  'sessions',
  'apps',
  'profiles',
  'family-group',
  'location-sharing',
  'forwarding',
  'recovery',
  'other',
] as const
export type CheckSubject = (typeof checkSubjects)[number]

/** How it was looked at. */
export const deviceCheckMethods = ['in-hand', 'account-page', 'brought', 'phone'] as const
export type DeviceCheckMethod = (typeof deviceCheckMethods)[number]

export const listKinds = ['apps', 'devices'] as const
export type ListKind = (typeof listKinds)[number]

const line = z.int().min(1)
const short = z.string().max(400)
const whole = z.int().min(0)

const listed = z.strictObject({
  kind: z.enum(listKinds),
  /** Of the bytes that came in, before anything was read. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: whole,
  /** How many apps or devices were read. */
  read: whole,
  unread: z.array(z.strictObject({ line, text: short, because: z.enum(unreadReasons) })),
  /** How many lines were left aside beyond those kept here. The list itself has them all. */
  unreadMore: whole,
  /** The indicator files it was compared with, as they were that day. */
  against: z.array(z.strictObject({ file: short, date: z.iso.date(), isOld: z.boolean(), packages: whole })),
  matches: z.array(
    z.strictObject({
      line,
      what: short,
      by: z.enum(['package', 'name']),
      family: short,
      type: short,
      file: short,
    }),
  ),
  flags: z.array(
    z.strictObject({ line, package: short, because: z.enum(flagReasons), installer: short.nullable() }),
  ),
  unjudged: whole,
  /** How many matches and flags there are beyond those kept here. */
  more: whole,
  devices: z.array(
    z.strictObject({
      line,
      name: short,
      details: z.array(short),
      /** What the client says of it; null until they were asked. */
      known: z.boolean().nullable(),
      /** Whether somebody put it on the map as signed in. */
      onMap: z.boolean(),
    }),
  ),
})

/** One check of a thing, as it is kept sealed: what was looked at, how, by whom and when, and what was found. */
export const checkSchema = z.strictObject({
  version: z.literal(1),
  looked: z.array(z.enum(checkSubjects)).min(1),
  way: z.enum(deviceCheckMethods),
  lookedBy: z.string().max(400),
  /** The day of the check, which may be before the day it was written down. */
  day: z.iso.date(),
  /** Whether anything was found. */
  found: z.boolean(),
  words: z.string().max(20_000),
  list: listed.nullable(),
})

export type Check = z.output<typeof checkSchema>
export type ReadList = z.output<typeof listed>

/** How it is known: seen by the person who looked, or told by phone. */
export function findCheckBasis(check: Pick<Check, 'way'>): 'seen' | 'told' {
  return check.way === 'phone' ? 'told' : 'seen'
}
