import { leaveAside, type UnreadLine } from './list-lines.ts'
import type { ListedDevice } from './listed-device.ts'

const naming = [
  'deviceDisplayName',
  'Device Name',
  'displayName',
  'name',
  'Device Model Name',
  'modelName',
  'model',
]

/**
 * Reads devices from the JSON of a data export: a list of objects, or an object with one list in it. Google Play
 * wraps each device in `device` and says what it is in `mostRecentData`. Null when the text is neither.
 */
export function readDevicesJson(
  text: string,
): { readonly devices: readonly ListedDevice[]; readonly unread: readonly UnreadLine[] } | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  const list = Array.isArray(value)
    ? value
    : isObject(value)
      ? Object.values(value).find(Array.isArray)
      : null
  if (!list) return null
  const devices: ListedDevice[] = []
  const unread: UnreadLine[] = []
  for (const [index, entry] of list.entries()) {
    const line = index + 1
    const facts = isObject(entry) ? gatherFacts(entry) : new Map<string, string>()
    const named = naming.find(key => facts.has(key))
    if (named === undefined) {
      unread.push(leaveAside(line, shorten(entry), 'not-a-device'))
      continue
    }
    const maker = facts.get('manufacturer')
    const name = facts.get(named) ?? ''
    const isModel =
      /model/i.test(named) && maker !== undefined && !name.toLowerCase().startsWith(maker.toLowerCase())
    devices.push({
      line,
      name: isModel ? `${maker} ${name}` : name,
      details: [...facts].flatMap(([key, fact]) => (key === named ? [] : [`${key}: ${fact}`])),
    })
  }
  return { devices, unread }
}

/** The plain values of an object, and of the two objects in which Google Play keeps them. */
function gatherFacts(entry: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const facts = new Map<string, string>()
  const take = (from: unknown): void => {
    if (!isObject(from)) return
    for (const [key, value] of Object.entries(from)) {
      if (facts.size >= 40) return
      if (
        typeof value === 'string'
          ? value.trim() !== ''
          : typeof value === 'number' || typeof value === 'boolean'
      )
        if (!facts.has(key)) facts.set(key, String(value))
    }
  }
  const device = isObject(entry['device']) ? entry['device'] : entry
  take(device['mostRecentData'])
  take(device)
  return facts
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function shorten(entry: unknown): string {
  try {
    return (JSON.stringify(entry) ?? '').slice(0, 300)
  } catch {
    return ''
  }
}
