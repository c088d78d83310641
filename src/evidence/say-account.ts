import type { Account, Place, RecordKind } from './importers/importer.ts'

const nouns: readonly (readonly [RecordKind, string, string])[] = [
  ['message', 'message', 'messages'],
  ['call', 'call', 'calls'],
  ['media', 'media reference', 'media references'],
  ['system', 'system line', 'system lines'],
  ['image', 'picture', 'pictures'],
  ['file', 'file', 'files'],
]

/** "1 message", "212 messages": thousands are set apart by commas. */
export function sayCount(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`
}

/**
 * What became of every record of a source, in one line: "212 messages, 3 system lines, 0 not understood,
 * 1 set aside". What could not be understood and what was set aside are always said, also when there are none.
 */
export function sayAccount(account: Account): string {
  const parts = nouns
    .filter(([kind]) => account.byKind[kind] > 0)
    .map(([kind, one, many]) => sayCount(account.byKind[kind], one, many))
  return [
    ...parts,
    `${account.unknown.toLocaleString('en-GB')} not understood`,
    `${account.quarantined.toLocaleString('en-GB')} set aside`,
  ].join(', ')
}

/** Where in the file: "line 40", "lines 40 to 42", "chat.txt, line 40", or the bytes where there are no lines. */
export function sayAccountPlace(place: Place): string {
  const { firstLine, lastLine, entry } = place
  const inside =
    firstLine === null
      ? `bytes ${place.from.toLocaleString('en-GB')} to ${place.to.toLocaleString('en-GB')}`
      : lastLine === null || lastLine === firstLine
        ? `line ${firstLine.toLocaleString('en-GB')}`
        : `lines ${firstLine.toLocaleString('en-GB')} to ${lastLine.toLocaleString('en-GB')}`
  return entry === null ? inside : `${entry}, ${inside}`
}

/** "17 bytes", "3.4 kB", "1.2 GB": units of a thousand, as operating systems show them. */
export function saySize(bytes: number): string {
  if (bytes < 1000) return sayCount(bytes, 'byte', 'bytes')
  const units = ['kB', 'MB', 'GB', 'TB'] as const
  let amount = bytes / 1000
  let unit = 0
  while (amount >= 999.95 && unit < units.length - 1) {
    amount /= 1000
    unit += 1
  }
  return `${amount.toFixed(1).replace(/\.0$/, '')} ${units[unit]}`
}
