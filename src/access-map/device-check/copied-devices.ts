import { type ListLine, leaveAside, type UnreadLine } from './list-lines.ts'
import type { ListedDevice } from './listed-device.ts'

// What a line below a device says when it names none: the kind of machine, a place, a time, a state.
const kind =
  /^(iphone|ipad|ipod|macbook|imac|mac (mini|pro|studio)|apple (watch|tv|vision)|homepod|windows|android|chromebook|linux|mac$|pixel|galaxy|sm-)/i
const detail =
  /^(this (device|iphone|ipad|mac|phone|tablet|computer|is)\b|current|trusted|signed in|signed out|last (seen|used|active|sync|activity)|first signed|active|model|version|serial|imei|meid|phone number|find my|backup|icloud|ios|ipados|macos|watchos|session|browser|chrome|safari|firefox|edge|\d+ (sessions?|minutes?|hours?|days?)|\d{1,2}[\s/.:-]|(yesterday|today|now)\b|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d|.*, (uk|united kingdom|england|usa|united states)\b)/i
// Headings and buttons of the pages themselves.
const furniture =
  /^(devices|your devices|device list|where you.re signed in|see details|sign out|more details|don.t recognise|don.t recognize|remove from account|learn more|manage all devices|back|close)\b/i

/**
 * Groups lines copied from an account's page into devices. A blank line, or a line that reads like a new name, begins
 * a device. A kind of machine, a place, a time or a state below it belongs to it. Headings and buttons are left
 * aside.
 */
export function groupCopiedLines(lines: readonly ListLine[]): {
  readonly devices: readonly ListedDevice[]
  readonly unread: readonly UnreadLine[]
} {
  const devices: { line: number; name: string; details: string[]; last: number; hasKind: boolean }[] = []
  const unread: UnreadLine[] = []
  for (const { line, text } of lines) {
    const plain = text.replace(/^[•·*\-–—\s]+/, '')
    const open = devices.at(-1)
    if (plain === '' || furniture.test(plain)) {
      unread.push(leaveAside(line, text, 'not-a-device'))
      continue
    }
    const follows = open !== undefined && line === open.last + 1
    const isKind = kind.test(plain)
    // "iPhone 13" below "Lena’s phone" or "iPhone" says what it is. Where that is known already, it is the next
    // device.
    const saysMore = isKind && (!open?.hasKind || (open.details.length === 0 && isSameKind(open.name, plain)))
    const belongs = follows && (detail.test(plain) || saysMore)
    if (belongs) {
      open.details.push(plain)
      open.last = line
      open.hasKind ||= isKind
    } else if (detail.test(plain) && !isKind) unread.push(leaveAside(line, text, 'not-a-device'))
    else devices.push({ line, name: plain, details: [], last: line, hasKind: isKind })
  }
  return { devices: devices.map(({ line, name, details }) => ({ line, name, details })), unread }
}

const isSameKind = (one: string, other: string): boolean =>
  one.split(' ')[0]?.toLowerCase() === other.split(' ')[0]?.toLowerCase()
