import { sayCount } from '../../say-account.ts'
import type { EvidenceSource } from '../importer.ts'
import type { Recognised } from './titles.ts'

/** Says in one sentence what a file is that nobody reads yet, and what to bring instead where that is better. */
export function sayUnknownNotRead(
  recognised: Recognised,
  counted: string | null,
  lie: string | null,
): string {
  const { format, title, instead, byContent } = recognised
  if (format === 'empty') return 'The file is empty.'
  const although = lie === null ? '' : `, although it is named ${lie}`
  if (format === 'unrecognised')
    return title.startsWith('the beginning')
      ? `It is ${title}.`
      : `The content is of no kind we recognise${although}.`
  const what = counted === null ? title : `${title}, ${counted}`
  const how = byContent ? 'By its content' : 'By its name alone, because its content is locked,'
  return `${how} this is ${what}, not read yet${although}${instead === null ? '' : `: ${instead}`}.`
}

/**
 * How many messages and calls a backup of SMS Backup & Restore holds, counted over the whole file. A `<` inside a text
 * is escaped in XML, so a counted element is one.
 */
export async function countInSmsBackup(source: Pick<EvidenceSource, 'open'>): Promise<string> {
  const found = { sms: 0, mms: 0, call: 0 }
  const stated: string[] = []
  let carried = ''
  for await (const chunk of source.open()) {
    const text = carried + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1')
    const end = Math.max(0, text.length - 300)
    for (const match of text.matchAll(
      /<(?:(sms|mms|call)[\s/>]|(?:smses|calls)\s[^>]{0,250}?count="(\d{1,9})")/g,
    )) {
      if (match.index < end) note(match)
    }
    carried = text.slice(end)
  }
  for (const match of carried.matchAll(
    /<(?:(sms|mms|call)[\s/>]|(?:smses|calls)\s[^>]{0,250}?count="(\d{1,9})")/g,
  ))
    note(match)
  function note(match: RegExpMatchArray): void {
    const kind = match[1]
    if (kind === 'sms' || kind === 'mms' || kind === 'call') found[kind] += 1
    else if (match[2] !== undefined && stated.length < 3) stated.push(match[2])
  }
  const parts = [
    found.sms > 0 ? sayCount(found.sms, 'text message', 'text messages') : null,
    found.mms > 0 ? sayCount(found.mms, 'picture message (MMS)', 'picture messages (MMS)') : null,
    found.call > 0 ? sayCount(found.call, 'call', 'calls') : null,
  ].filter(part => part !== null)
  const all = found.sms + found.mms + found.call
  const [said] = stated
  const differs = said !== undefined && Number(said) !== all ? ` (the file itself says ${said})` : ''
  return `${parts.length === 0 ? 'no messages' : parts.join(', ')}${differs}`
}
