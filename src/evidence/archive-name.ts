/** The name of an entry as it is shown, and its bytes where they are no UTF-8 and the shown name is a guess. */
export type EntryName = {
  readonly name: string
  readonly guess: string | null
  readonly bytes: string | null
}

// IBM code page 437, 0x80 to 0xFF
const dosLetters =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'

/**
 * Decodes the name of an entry. It is UTF-8 where it can be, whatever the flag says, because phones forget the flag.
 * Otherwise the bytes are kept and the likeliest reading is shown: Shift-JIS where that gives Japanese, else the old
 * code page of DOS, which gives every byte a letter.
 */
// APPNOTE.TXT 6.3.10, appendix D
export function decodeEntryName(raw: Uint8Array): EntryName {
  try {
    const name = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw)
    return { name, guess: null, bytes: null }
  } catch {
    const bytes = Buffer.from(raw).toString('hex').replace(/../g, ' $&').trim().toUpperCase()
    const japanese = decodeJapanese(raw)
    if (japanese !== null) return { name: japanese, guess: 'Shift-JIS', bytes }
    const name = Array.from(raw, byte =>
      byte < 0x80 ? String.fromCharCode(byte) : (dosLetters[byte - 0x80] ?? '\uFFFD'),
    ).join('')
    return { name, guess: 'code page 437', bytes }
  }
}

function decodeJapanese(raw: Uint8Array): string | null {
  try {
    const name = new TextDecoder('shift_jis', { fatal: true }).decode(raw)
    // Half-width letters alone come out of any bytes of Western code pages.
    return /[\u3040-\u30ff\u4e00-\u9fff]/.test(name) && !/[\ue000-\uf8ff]/.test(name) ? name : null
  } catch {
    return null
  }
}
