/** What of a record a raw text is made of. */
type AsWritten = { readonly sender: string; readonly body: string; readonly sentAsWritten: string }

// Three characters that nobody types stand for what is known of a record already.
const [timeHere, senderHere, bodyHere] = ['\u0001', '\u0002', '\u0003']

/** How a raw text is made of what is known of its record; a whole text where it is not. Begins with a letter that says which. */
export function templateOf(raw: string | null, known: AsWritten): string {
  if (raw === null) return ''
  if (raw.endsWith(known.body)) {
    const before = raw.slice(0, raw.length - known.body.length)
    let template = before
    if (known.sentAsWritten !== '') template = template.replace(known.sentAsWritten, () => timeHere)
    if (known.sender !== '') template = template.replace(known.sender, () => senderHere)
    template = `t${template}${bodyHere}`
    if (fromTemplate(template, known) === raw) return template
  }
  return `w${raw}`
}

/** The raw text again; null where it is the body. */
export function fromTemplate(template: string, { sender, body, sentAsWritten }: AsWritten): string | null {
  if (template === '') return null
  if (template.startsWith('w')) return template.slice(1)
  return template.slice(1).replace(/[\u0001-\u0003]/g, mark => {
    if (mark === timeHere) return sentAsWritten
    return mark === senderHere ? sender : body
  })
}
