/**
 * How wide a letter is, in parts of the text size: near enough to know what fits a box. Measured for DejaVu Sans,
 * which is used where there is no Arial and is wider.
 */
function widthOf(letter: string): number {
  if (/[ijlI|.,:;'’ !()[\]]/.test(letter)) return 0.34
  if (/[frt\-/]/.test(letter)) return 0.4
  if (/[mwMW@%]/.test(letter)) return 0.95
  if (/[A-Z]/.test(letter)) return 0.72
  // what is not written in Latin letters may be as wide as it is high
  return letter.charCodeAt(0) < 0x250 ? 0.62 : 1
}

/**
 * A text that fits a width in a picture. What does not fit ends in an ellipsis; the words beside the picture have all
 * of it.
 */
export function fitText(text: string, width: number, size: number): string {
  const letters = [...text]
  const wide = letters.reduce((sum, letter) => sum + widthOf(letter) * size, 0)
  if (wide <= width) return text
  let kept = ''
  let left = width - size
  for (const letter of letters) {
    left -= widthOf(letter) * size
    if (left < 0) break
    kept += letter
  }
  return `${kept.trimEnd()}…`
}
