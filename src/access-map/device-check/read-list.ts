import { sha256 } from '../../foundation/digest.ts'
import { readPackages } from './android-packages.ts'
import type { ListKind, ReadList } from './check.ts'
import { readDevices } from './device-list.ts'
import { flagPackages } from './flag-packages.ts'
import type { DatedIndicators } from './indicator-age.ts'
import { isOldIndicator } from './indicator-age.ts'
import { decodeList, type ListRefusal, splitListLines } from './list-lines.ts'
import { matchPackages } from './match-packages.ts'

/** How many lines of each sort a finding keeps; the list itself keeps them all. */
const mostKept = 500

/**
 * Makes a finding from the bytes of a list: which apps are in the indicator files, which apps the list itself makes
 * worth checking, which devices it names, and every line that was left aside. Refuses what is too large or empty.
 *
 * @param today the day of the check: a file is old or not by that day
 */
export function readList(
  kind: ListKind,
  bytes: Uint8Array,
  indicators: readonly DatedIndicators[],
  today: string,
):
  | { readonly ok: true; readonly list: ReadList; readonly text: string }
  | { readonly ok: false; readonly because: ListRefusal } {
  const decoded = decodeList(bytes)
  if (!decoded.ok) return decoded
  const { text } = decoded
  const common = { kind, sha256: sha256(bytes), bytes: bytes.length }
  if (kind === 'devices') {
    const { devices, unread } = readDevices(text)
    const list: ReadList = {
      ...common,
      read: devices.length,
      unread: unread.slice(0, mostKept),
      unreadMore: Math.max(0, unread.length - mostKept),
      against: [],
      matches: [],
      flags: [],
      unjudged: 0,
      more: 0,
      devices: devices.map(device => ({
        ...device,
        details: [...device.details],
        known: null,
        onMap: false,
      })),
    }
    return { ok: true, list, text }
  }
  const { lines, unread: hidden } = splitListLines(text.replace(/^\ufeff/, ''))
  const { packages, unread: others } = readPackages(lines)
  const unread = [...hidden, ...others].sort((one, other) => one.line - other.line)
  const matches = matchPackages(packages, others, indicators)
  const { flags, unjudged } = flagPackages(packages)
  const list: ReadList = {
    ...common,
    read: packages.length,
    unread: unread.slice(0, mostKept),
    unreadMore: Math.max(0, unread.length - mostKept),
    against: indicators
      .filter(({ families }) => families.length > 0)
      .map(({ name, date, families }) => ({
        file: name,
        date,
        isOld: isOldIndicator(date, today),
        packages: families.reduce((sum, family) => sum + family.packages.length, 0),
      })),
    matches: matches.slice(0, mostKept),
    flags: flags.slice(0, mostKept),
    unjudged,
    more: Math.max(0, matches.length - mostKept) + Math.max(0, flags.length - mostKept),
    devices: [],
  }
  return { ok: true, list, text }
}

/** Whether a list shows anything that somebody should look at. A device the client has not been asked about is open. */
export function showsSomething(list: ReadList): boolean {
  return list.matches.length > 0 || list.flags.length > 0 || list.devices.some(each => each.known === false)
}
