/** A value as it stands in its tag. */
export type TagValue = {
  readonly written: string
  /** Characters from the start of the tag. */
  readonly from: number
  readonly to: number
}

export type TagValues = ReadonlyMap<string, TagValue>

/** The values in a tag, by name; of a name that stands twice, the first. */
export function readTagValues(tag: string): TagValues {
  const found = new Map<string, TagValue>()
  const pattern = /([A-Za-z_][\w:.-]{0,60})\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)')/g
  for (const match of tag.matchAll(pattern)) {
    const [whole, name = '', doubled, single] = match
    const written = doubled ?? single ?? ''
    const to = match.index + whole.length - 1
    if (!found.has(name)) found.set(name, { written, from: to - written.length, to })
  }
  return found
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/**
 * What the references in a value stand for. Some phones write a picture character as the two halves that UTF-16 has for
 * it, a reference each, which no XML allows: side by side they are the character again. A reference to nothing stays as
 * it is written.
 */
export function readReferences(written: string): string {
  if (!written.includes('&')) return written
  return written.replace(
    /&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos));/g,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return named[name] ?? whole
      const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex ?? '', 16)
      if (code === 0 || code > 0x10ffff) return whole
      return code > 0xffff ? String.fromCodePoint(code) : String.fromCharCode(code)
    },
  )
}
