/**
 * A stretch of a backup that belongs together. `start`, `end` and `empty` are tags; an `aside` is a comment, an
 * instruction or a declaration. A `broken` tag lacks its end, and an `overlong` stretch is longer than is ever held.
 */
export type Token = {
  readonly kind: 'text' | 'start' | 'end' | 'empty' | 'aside' | 'broken' | 'overlong'
  /** Of a tag; empty where there is none. */
  readonly name: string
  /** A character for each unit of the encoding. */
  readonly text: string
  /** Bytes from the start of the source. */
  readonly from: number
  readonly to: number
  /** From 1. */
  readonly firstLine: number
  readonly lastLine: number
}

/** Memory stays level: one message with all its files is held, and none that is longer than this many characters. */
export const longestElement = 33_554_432

/** A comment that goes on for longer has lost its end, and would swallow every message behind it. */
const longestAside = 65_536

const nextRecord = /<(?:sms|mms|call)\s|<\/(?:smses|calls)\s*>/g
const skipTail = 16

/** Inside the quotes of a value: another tag up to its first `=`. Then the quotes of this value were never closed. */
const swallowedTag = /<(?:sms|mms|call|part|addr)\s+[^<>"'=]{0,100}=\s*$/

type Cut = { readonly kind: Token['kind']; readonly name: string; readonly end: number }

/**
 * Cuts the text of a backup into tokens that together cover every character once, also where it is not XML. Hand it the
 * text in order, a character for each unit of the encoding, then call `end`.
 *
 * @param unit bytes for each character handed over: 1, or 2 for UTF-16
 * @param longest characters that one token has at most
 */
export function cutTokens(
  unit: 1 | 2,
  longest = longestElement,
): { push(text: string): Token[]; end(): Token[] } {
  let held = ''
  let waiting: string[] = []
  let waitingLength = 0
  let wanted = 0
  let offset = 0
  let line = 1
  let isSkipping = false

  const take = (into: Token[], at: number, { kind, name, end }: Cut): void => {
    const text = held.slice(at, end)
    const firstLine = line
    for (let found = text.indexOf('\n'); found !== -1; found = text.indexOf('\n', found + 1)) line += 1
    const to = offset + text.length * unit
    into.push({ kind, name, text, from: offset, to, firstLine, lastLine: line })
    offset = to
  }

  const drain = (isLast: boolean): Token[] => {
    held += waiting.join('')
    waiting = []
    waitingLength = 0
    const tokens: Token[] = []
    const within: Within = { text: held, isLast, longest, find: makeFind(held) }
    let at = 0
    while (at < held.length) {
      if (isSkipping && nextRecordAt(held, at)) isSkipping = false
      const cut = isSkipping ? skip(within, at) : findCut(within, at)
      if (!cut || cut.end === at) break
      take(tokens, at, cut)
      at = cut.end
      isSkipping ||= cut.kind === 'overlong'
    }
    held = held.slice(at)
    // A long value is looked at again only when a quarter more of it has come, so that its length costs no more than it.
    wanted = held.length / 4
    return tokens
  }

  return {
    push(text) {
      waiting.push(text)
      waitingLength += text.length
      return waitingLength < wanted ? [] : drain(false)
    },
    end: () => drain(true),
  }
}

/** What is held of the text, and how it is searched. */
type Within = {
  readonly text: string
  readonly isLast: boolean
  readonly longest: number
  readonly find: (what: string, from: number) => number
}

/** `indexOf` that goes through no stretch twice for the same mark, so that a thousand openings cost one search. */
function makeFind(text: string): Within['find'] {
  const known = new Map<string, { readonly from: number; readonly at: number }>()
  return (what, from) => {
    const before = known.get(what)
    if (before && before.from <= from && (before.at === -1 || before.at >= from)) return before.at
    const at = text.indexOf(what, from)
    known.set(what, { from, at })
    return at
  }
}

function nextRecordAt(text: string, at: number): boolean {
  nextRecord.lastIndex = at
  return nextRecord.exec(text)?.index === at
}

/** Behind something that was too long: everything up to the next message or the end of the list. */
function skip({ text, isLast }: Within, at: number): Cut | null {
  nextRecord.lastIndex = at
  const found = nextRecord.exec(text)?.index
  const end = found ?? (isLast ? text.length : Math.max(at, text.length - skipTail))
  return { kind: 'overlong', name: '', end }
}

/** Where the token that begins here ends; null where more of the text is needed to tell. */
function findCut(within: Within, at: number): Cut | null {
  const { text, isLast } = within
  if (text[at] !== '<') {
    const next = text.indexOf('<', at)
    return { kind: 'text', name: '', end: next === -1 ? text.length : next }
  }
  const second = text[at + 1]
  if (second === undefined && !isLast) return null
  if (second === '!' || second === '?') return findAside(within, at)
  // Never of a letter more than a name has: what follows is looked for only once the name is whole.
  const name = /^<\/?([A-Za-z_][\w:.-]{0,60})/.exec(text.slice(at, at + 64))?.[1]
  if (name === undefined) {
    if (!isLast && text.length - at < 3) return null
    return { kind: 'text', name: '', end: at + 1 }
  }
  return findTag(within, at, name)
}

function findAside({ text, isLast, find }: Within, at: number): Cut | null {
  const head = text.slice(at, at + 9)
  if (head.length < 9 && !isLast) return null
  const closing = head.startsWith('<!--')
    ? '-->'
    : head.startsWith('<?')
      ? '?>'
      : head === '<![CDATA['
        ? ']]>'
        : /^<![^>[]{0,200}\[/.test(text.slice(at, at + 210))
          ? ']>'
          : '>'
  const found = find(closing, at + 2)
  if (found !== -1 && found - at <= longestAside)
    return { kind: 'aside', name: '', end: found + closing.length }
  if (found === -1 && !isLast && text.length - at <= longestAside) return null
  return { kind: 'text', name: '', end: Math.min(text.length, at + 2) }
}

function findTag({ text, isLast, longest, find }: Within, at: number, name: string): Cut | null {
  const marks = /["'<>]/g
  let from = at + 1
  for (;;) {
    marks.lastIndex = from
    const found = marks.exec(text)
    if (!found) break
    const { index } = found
    const [mark] = found
    if (mark === '<') return { kind: 'broken', name, end: index }
    if (mark === '>') {
      const kind = text[at + 1] === '/' ? 'end' : text[index - 1] === '/' ? 'empty' : 'start'
      return { kind, name, end: index + 1 }
    }
    const closing = find(mark, index + 1)
    if (closing === -1) break
    const inner = findSwallowed(text, index + 1, closing)
    if (inner !== null) return { kind: 'broken', name, end: inner }
    from = closing + 1
  }
  if (text.length - at > longest) return { kind: 'overlong', name, end: text.length }
  return isLast ? { kind: 'broken', name, end: endOfBroken(text, at) } : null
}

/** Where, between the quotes of a value, another tag begins that has quotes of its own; null where none does. */
function findSwallowed(text: string, from: number, to: number): number | null {
  const last = text.lastIndexOf('<', to)
  if (last < from || to - last > 200) return null
  return swallowedTag.test(text.slice(last, to)) ? last : null
}

/** What has no end is cut before the next tag of a record, so that it does not take along what is whole. */
function endOfBroken(text: string, at: number): number {
  nextRecord.lastIndex = at + 1
  return nextRecord.exec(text)?.index ?? text.length
}
