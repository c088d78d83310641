import { groupCopiedLines } from './copied-devices.ts'
import { readCsv } from './csv-rows.ts'
import { readDevicesJson } from './devices-json.ts'
import { dropDirection, leaveAside, showHidden, splitListLines, type UnreadLine } from './list-lines.ts'
import type { ListedDevice } from './listed-device.ts'

/** How a list of devices was written down. */
export const deviceFormats = ['table', 'json', 'copied'] as const
export type DeviceFormat = (typeof deviceFormats)[number]

export type DeviceList = {
  readonly format: DeviceFormat
  readonly devices: readonly ListedDevice[]
  readonly unread: readonly UnreadLine[]
}

/** More devices than any account has. The rest is left aside. */
export const mostDevices = 300
export const mostDetails = 20
const longestDetail = 200

/**
 * Reads a list of the devices that are signed in to an account: a table from a data export (Apple: device
 * information; Google: access log), the JSON of a data export (Google Play), or lines copied from the account's page.
 * Columns are recognised by what their names say, because vendors change them. What is not understood is left aside.
 */
export function readDevices(text: string): DeviceList {
  const plain = text.replace(/^\ufeff/, '')
  const json = /^\s*[[{]/.test(plain) ? readDevicesJson(plain) : null
  if (json) return bound('json', json.devices, json.unread)
  const table = readTable(plain)
  if (table) return bound('table', table.devices, table.unread)
  const { lines, unread } = splitListLines(plain)
  const copied = groupCopiedLines(lines)
  return bound('copied', copied.devices, [...unread, ...copied.unread])
}

// What a vendor calls the columns: Apple "Device Name", "Device Model Name"; Google "Marketing Name", "Device Type".
const naming: readonly RegExp[] = [
  /^(device )?(display )?name$/i,
  /^marketing name$/i,
  /^(device )?model( name)?$/i,
  /^(device )?type$/i,
]

function readTable(text: string): Omit<DeviceList, 'format'> | null {
  const { rows, isCutShort } = readCsv(text)
  const [head, ...body] = rows
  if (!head || head.cells.length < 2) return null
  const columns = head.cells.map(cell => cell.trim())
  const ranked = naming.map(pattern => columns.findIndex(column => pattern.test(column)))
  if (ranked.every(at => at < 0)) return null
  const devices: ListedDevice[] = []
  const unread: UnreadLine[] = []
  for (const { line, cells } of body) {
    const whole = cells.join(',')
    if (whole.replaceAll(',', '').trim() === '') continue
    const at = ranked.find(each => each >= 0 && isSaid(cells[each]))
    const hidden = cells.some(cell => /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/.test(cell))
    if (hidden) unread.push(leaveAside(line, whole, 'control-characters'))
    else if (at === undefined) unread.push(leaveAside(line, whole, 'not-a-device'))
    else
      devices.push({
        line,
        name: cells[at] ?? '',
        details: columns.flatMap((column, index) =>
          index !== at && isSaid(cells[index]) ? [`${column}: ${cells[index]}`] : [],
        ),
      })
  }
  const last = body.at(-1)
  if (isCutShort && last) unread.push(leaveAside(last.line, last.cells.join(','), 'not-a-device'))
  return { devices, unread }
}

const isSaid = (cell: string | undefined): boolean => !/^(n\/?a|null|-)?$/i.test((cell ?? '').trim())

function bound(
  format: DeviceFormat,
  devices: readonly ListedDevice[],
  unread: readonly UnreadLine[],
): DeviceList {
  const tidy = (text: string): string =>
    showHidden(dropDirection(text.replace(/\s+/g, ' '))).slice(0, longestDetail)
  return {
    format,
    devices: devices.slice(0, mostDevices).map(({ line, name, details }) => ({
      line,
      name: tidy(name),
      details: details.slice(0, mostDetails).map(tidy),
    })),
    unread: [
      ...unread,
      ...devices.slice(mostDevices).map(({ line, name }) => leaveAside(line, name, 'too-many')),
    ].sort((one, other) => one.line - other.line),
  }
}
