/** A chat of so many messages; no two files alike, since the same bytes twice would be one item. */
export function inventChat(file: number, messages: number): Buffer {
  const lines: string[] = []
  const start = Date.UTC(2024, 0, 1)
  for (let number = 0; number < messages; number += 1) {
    const at = new Date(start + number * 400_000).toISOString()
    const date = `${at.slice(8, 10)}/${at.slice(5, 7)}/${at.slice(0, 4)}, ${at.slice(11, 16)}`
    const who = number % 9 === 0 ? 'Lena Fiction' : 'Karl Fiction'
    lines.push(`${date} - ${who}: message ${number} of file ${file}, where are you now, answer me`)
  }
  return Buffer.from(`${lines.join('\n')}\n`)
}
