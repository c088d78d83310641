export type CsvRow = { readonly line: number; readonly cells: readonly string[] }

/**
 * Reads rows of comma-separated values, each with the line it begins on. A quoted cell may hold commas and line ends.
 * Any input is read: a quote in the middle of a cell is a quote.
 */
// RFC 4180, section 2
export function readCsv(text: string): { readonly rows: readonly CsvRow[]; readonly isCutShort: boolean } {
  const rows: CsvRow[] = []
  let cells: string[] = []
  let cell = ''
  let isQuoted = false
  let line = 1
  let begunOn = 1
  const endRow = (): void => {
    cells.push(cell)
    if (cells.length > 1 || cell !== '') rows.push({ line: begunOn, cells })
    cells = []
    cell = ''
  }
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]
    if (character === '\n' || (character === '\r' && text[at + 1] !== '\n')) line += 1
    if (isQuoted) {
      if (character !== '"') cell += character
      else if (text[at + 1] === '"') {
        cell += '"'
        at += 1
      } else isQuoted = false
    } else if (character === '"' && cell === '') isQuoted = true
    else if (character === ',') {
      cells.push(cell)
      cell = ''
    } else if (character === '\n' || (character === '\r' && text[at + 1] !== '\n')) {
      endRow()
      begunOn = line
    } else if (character !== '\r') cell += character
  }
  if (cell !== '' || cells.length > 0) endRow()
  return { rows, isCutShort: isQuoted }
}
