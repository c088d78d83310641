import { isInvisible } from './header.ts'

/**
 * The colon that ends the sender's name: followed by a space, an invisible mark or the end of the line. -1 when the
 * line has none.
 */
export function findColon(body: string): number {
  let at = body.indexOf(':')
  const lineEnd = body.indexOf('\n')
  while (at !== -1 && (lineEnd === -1 || at < lineEnd)) {
    const next = body.charCodeAt(at + 1)
    if (Number.isNaN(next) || next === 32 || next === 10 || next === 0xa0 || isInvisible(next)) return at
    at = body.indexOf(':', at + 1)
  }
  return -1
}

const senders = new Map<string, string | null>()

/**
 * The name before the colon as it was exported, or null when nothing stands there. Anybody chooses their own name, with
 * quotes and marks in it: none of that makes it less of a name. A chat has few names, so they are kept.
 */
export function senderOf(written: string): string | null {
  const known = senders.get(written)
  if (known !== undefined) return known
  const name = withoutEdgeMarks(written)
  const sender = name !== '' ? name : written === '' ? null : written
  if (senders.size > 2000) senders.clear()
  if (written.length < 200) senders.set(written, sender)
  return sender
}

/** Cuts spaces and invisible marks off both ends; what is inside stays as written. */
export function withoutEdgeMarks(text: string): string {
  let from = 0
  let to = text.length
  while (from < to && isEdge(text.charCodeAt(from))) from += 1
  while (to > from && isEdge(text.charCodeAt(to - 1))) to -= 1
  return text.slice(from, to)
}

const isEdge = (code: number) => code === 32 || code === 10 || code === 13 || isInvisible(code)
