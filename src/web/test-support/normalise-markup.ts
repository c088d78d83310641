/** Elements that stand inside a line of text: white space beside them counts, once. */
const inline = new Set(['a', 'b', 'br', 'code', 'em', 'i', 'img', 'small', 'span', 'strong', 'time'])

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: '\u00a0',
  ctdot: '\u22ef',
  pound: '£',
}

function decode(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (decimal) return String.fromCodePoint(Number(decimal))
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16))
    return entities[name] ?? whole
  })
}

function writeTag(source: string): string {
  const name = /^<\/?([a-z0-9-]+)/i.exec(source)?.[1]?.toLowerCase() ?? ''
  if (source.startsWith('</')) return `</${name}>`
  const attributes = [...source.slice(name.length + 1).matchAll(/([^\s"'<>/=]+)(?:\s*=\s*"([^"]*)")?/g)]
  const written = attributes.map(([, key, value]) => {
    const text = decode(value ?? '')
    return `${key?.toLowerCase()}=${JSON.stringify(key === 'class' ? text.trim().replace(/\s+/g, ' ') : text)}`
  })
  return `<${[name, ...written.sort()].join(' ')}>`
}

/**
 * Markup as a browser lays it out: one line a tag or a text, attributes in one order, entities read, and white
 * space collapsed as CSS does it: none at the edges of a block, one space between words and inline elements.
 */
// CSS Text Module Level 3, section 4.1 (white space processing); HTML Living Standard, 13.2.5 (tokenisation)
export function normaliseMarkup(markup: string): readonly string[] {
  const lines: string[] = []
  let space = false
  let atStart = true
  let raw = false
  for (const [token] of markup.matchAll(/<!--[\s\S]*?-->|<\/?[a-z](?:"[^"]*"|[^">])*>|[^<]+|</gi)) {
    if (token.startsWith('<!--')) continue
    if (/^<\/?[a-z]/i.test(token)) {
      const tag = writeTag(token)
      const name = /^<\/?([a-z0-9-]+)/.exec(tag)?.[1] ?? ''
      if (!inline.has(name)) {
        space = false
        atStart = true
      }
      raw = name === 'textarea' ? !tag.startsWith('</') : raw
      lines.push(tag)
      continue
    }
    if (raw) {
      lines.push(JSON.stringify(decode(token)))
      continue
    }
    const text = decode(token.replace(/[ \t\r\n\f]+/g, ' '))
    const words = text.replace(/^ | $/g, '')
    if (text.startsWith(' ')) space = true
    if (words !== '') {
      lines.push(JSON.stringify(space && !atStart ? ` ${words}` : words))
      atStart = false
      space = false
    }
    if (text.endsWith(' ') && words !== '') space = true
  }
  return lines
}
