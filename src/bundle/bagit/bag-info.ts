import { splitTagLines } from './tag-text.ts'

/** The entries of bag-info.txt in their order; a name may come more than once. Folded lines are joined. */
// RFC 8493, section 2.2.2; the drafts before it allow space before the colon
export function readBagInfo(text: string): readonly (readonly [name: string, value: string])[] {
  const entries: [string, string][] = []
  for (const line of splitTagLines(text)) {
    const last = entries.at(-1)
    if (/^[ \t]/.test(line) && last) last[1] += ` ${line.trim()}`
    else {
      const [, name, value] = /^([^:]+?)\s*:\s*(.*)$/.exec(line) ?? []
      if (name !== undefined && value !== undefined) entries.push([name, value.trim()])
    }
  }
  return entries
}

/** Reads "bytes.files", the size of the payload; null for anything else. */
// RFC 8493, section 2.2.2, Payload-Oxum
export function readOxum(value: string): { readonly bytes: number; readonly files: number } | null {
  const [, bytes, files] = /^(\d{1,15})\.(\d{1,15})$/.exec(value) ?? []
  return bytes === undefined || files === undefined ? null : { bytes: Number(bytes), files: Number(files) }
}
