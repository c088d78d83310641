/** A text, a picture message or a call of an invented phone, as a backup of it holds it. Dates are milliseconds since 1970. */
export type MadeText = {
  readonly tag: 'sms'
  readonly address: string
  readonly date: number
  readonly box: number
  readonly body: string
  readonly name?: string
  readonly readable?: string
}
export type MadePart = {
  readonly type: string
  readonly name: string
  readonly text?: string
  readonly data?: string
}
export type MadePictureMessage = {
  readonly tag: 'mms'
  readonly address: string
  readonly date: number
  readonly box: number
  readonly parts: readonly MadePart[]
  /** Numbers with what each is called: 137 sender, 151 recipient. */
  readonly addresses: readonly (readonly [string, number])[]
  readonly readable?: string
}
export type MadeCall = {
  readonly tag: 'call'
  readonly number: string
  readonly date: number
  readonly type: number
  readonly seconds: number
  readonly presentation?: number
}
export type MadeRecord = MadeText | MadePictureMessage | MadeCall

export type MadeStyle = {
  /** Characters beyond the first plane as two halves, a reference each, as many phones write them. */
  readonly halves?: boolean
  readonly quote?: '"' | "'"
  readonly count?: number
  readonly list?: 'smses' | 'calls'
  readonly isClosed?: boolean
  readonly lead?: string
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

function toReferences(text: string, halves: boolean): string {
  const safe = text
    .replace(/[&<>"']/g, mark => escapes[mark] ?? mark)
    .replace(/[\0-\x1f]/g, mark => `&#${mark.charCodeAt(0)};`)
  return halves ? safe.replace(/[\ud800-\udfff]/g, half => `&#${half.charCodeAt(0)};`) : safe
}

/** Writes a backup in the form that SMS Backup & Restore has. */
export function makeSmsBackup(records: readonly MadeRecord[], style: MadeStyle = {}): string {
  const { halves = false, quote = '"', list = 'smses', isClosed = true, lead = '' } = style
  const tag = (name: string, values: Readonly<Record<string, string | number | undefined>>, end: string) => {
    const written = Object.entries(values).map(([key, value]) =>
      value === undefined ? '' : ` ${key}=${quote}${toReferences(String(value), halves)}${quote}`,
    )
    return `<${name}${written.join('')}${end}`
  }
  const write = (record: MadeRecord): string => {
    const { date } = record
    switch (record.tag) {
      case 'sms': {
        const { address, box, body, readable, name = '(Unknown)' } = record
        const rest = {
          subject: 'null',
          body,
          read: 1,
          status: -1,
          readable_date: readable,
          contact_name: name,
        }
        return tag('sms', { protocol: 0, address, date, type: box, ...rest }, ' />')
      }
      case 'mms': {
        const { address, box, parts, addresses, readable } = record
        const head = tag(
          'mms',
          {
            date,
            msg_box: box,
            address,
            sub: 'null',
            m_type: box === 1 ? 132 : 128,
            readable_date: readable,
          },
          '>',
        )
        const inside = parts.map(
          ({ type, name, text = 'null', data }, seq) =>
            `      ${tag('part', { seq, ct: type, name, cl: name, text, data }, ' />')}\n`,
        )
        const whom = addresses.map(
          ([number, type]) => `      ${tag('addr', { address: number, type, charset: 106 }, ' />')}\n`,
        )
        return `${head}\n    <parts>\n${inside.join('')}    </parts>\n    <addrs>\n${whom.join('')}    </addrs>\n  </mms>`
      }
      case 'call': {
        const { number, type, seconds, presentation = 1 } = record
        return tag(
          'call',
          { number, duration: seconds, date, type, presentation, contact_name: '(Unknown)' },
          ' />',
        )
      }
    }
  }
  const count = style.count ?? records.length
  const head = `${lead}<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n${tag(list, { count, type: 'full' }, '>')}\n`
  return `${head}${records.map(record => `  ${write(record)}\n`).join('')}${isClosed ? `</${list}>\n` : ''}`
}
