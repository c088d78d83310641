/**
 * Writes rows as CSV. A cell that a spreadsheet would run as a formula gets an apostrophe in front, so that
 * opening the file is safe; the exhibit holds the text as it was.
 */
// RFC 4180; OWASP, "CSV Injection" (rule S10)
export function writeCsv(rows: readonly (readonly (string | number)[])[]): string {
  return `${csvStart}${rows.map(writeCsvRow).join('')}`
}

/** The byte order mark is how Excel knows UTF-8. */
export const csvStart = '\ufeff'

/** One row of a table, with its end. */
export function writeCsvRow(row: readonly (string | number)[]): string {
  return `${row.map(writeCell).join(',')}\r\n`
}

function writeCell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const safe = /^[\s\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/u.test(
    value,
  )
    ? `'${value}`
    : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
