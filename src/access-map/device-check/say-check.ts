import { sayDate } from '../../foundation/say-date.ts'
import type { CheckSubject, DeviceCheckMethod } from './check.ts'
import type { Flag, FlagReason } from './flag-packages.ts'
import type { UnreadReason } from './list-lines.ts'
import type { Match } from './match-packages.ts'

const subjectNames: Readonly<Record<CheckSubject, string>> = {
  settings: 'Settings',
  sessions: 'Devices and people signed in',
  apps: 'Apps',
  profiles: 'Profiles and device management',
  'family-group': 'Family group',
  'location-sharing': 'Find-my and location sharing',
  forwarding: 'Mail forwarding, filters and delegates',
  recovery: 'Recovery address, number and second step',
  other: 'Something else',
}

/** What was looked at, as it is chosen and shown. */
export function sayCheckSubject(subject: CheckSubject): string {
  return subjectNames[subject]
}

const methodNames: Readonly<Record<DeviceCheckMethod, string>> = {
  'in-hand': 'On the device, in the hand of the person who looked',
  'account-page': 'On the account’s own page',
  brought: 'From a list, picture or file that the client brought',
  phone: 'Told by phone, while the client looked',
}

/** How it was looked at, as it is chosen and shown. */
export function sayCheckMethod(method: DeviceCheckMethod): string {
  return methodNames[method]
}

const knownBecause: Readonly<Record<DeviceCheckMethod, string>> = {
  'in-hand': 'Seen on the device',
  'account-page': 'Seen in the account',
  brought: 'Seen on what the client brought, not on the device or in the account',
  phone: 'Told, and not seen by the clinic',
}

/** How it is known. */
export function sayKnownBecause(method: DeviceCheckMethod): string {
  return knownBecause[method]
}

const unreadNames: Readonly<Record<UnreadReason, string>> = {
  'not-a-package': 'is not the name of an app’s package',
  'not-a-device': 'does not read like a device',
  'control-characters': 'has characters in it that nobody can type',
  'not-text': 'has bytes in it that are not text',
  'too-long': 'is longer than any line of such a list',
  'too-many': 'is one of more devices than are shown',
}

/** Why a line was left aside, to go on "Line 7 …". */
export function sayUnread(because: UnreadReason): string {
  return unreadNames[because]
}

const flagNames: Readonly<Record<FlagReason, (installer: string | null) => string>> = {
  'no-installer': () => 'names nobody who put it there, and an app from a store names the store',
  'by-hand': () => 'was put there by hand, from a file',
  'by-cable': () => 'was put there from a computer',
  'other-app': installer => `was put there by another app, ${installer ?? 'which is not named'}`,
  'system-name': installer =>
    `bears a name like a part of Android, but did not come with the phone or from a store${installer === null ? '' : `: ${installer} put it there`}`,
}

/** What the list itself shows about an app: "org.example.app was put there by hand, from a file". */
export function sayFlag(flag: Pick<Flag, 'package' | 'because' | 'installer'>): string {
  return `${flag.package} ${flagNames[flag.because](flag.installer)}`
}

/** A match as a sentence. */
export function sayMatch({ what, family, type, file, by }: Match): string {
  const sort = type === '' ? '' : `, listed as ${type}`
  return by === 'package'
    ? `${what} is a package of ${family}${sort} (${file})`
    : `${what} is the name of ${family}${sort} (${file}), by name alone`
}

/** "3 March 2026", from a day as it is kept. */
export function sayCheckDay(day: string): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  return sayDate({ year, month, day: date })
}
