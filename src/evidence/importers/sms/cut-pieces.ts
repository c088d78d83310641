import { longestElement, type Token } from './cut-tokens.ts'

/**
 * A stretch of the backup that becomes one record: a whole message or call, one that lost its end, what no rule
 * explains, or what is too long to be held. `lead` is what stands before it and belongs to no record: blank space,
 * comments, the tags around the list.
 */
export type BackupPiece = {
  readonly kind: 'whole' | 'broken' | 'stray' | 'overlong'
  /** Of its tag: "sms", "mms", "call"; empty for what no rule explains. */
  readonly name: string
  readonly tokens: readonly Token[]
  readonly lead: readonly Token[]
}

/** What the backup says of itself outside its records. */
export type Frame = {
  readonly lists: readonly string[]
  /** The tags that open a list, as they are written. */
  readonly openings: readonly string[]
  readonly comments: readonly string[]
  readonly commentCount: number
  /** Whether each list that was opened is closed. */
  readonly isClosed: boolean
}

const records: ReadonlySet<string> = new Set(['sms', 'mms', 'call'])
const lists: ReadonlySet<string> = new Set(['smses', 'calls'])

/** More than this between two records is no frame any more, and is handed over by itself. */
const longestLead = 65_536

const kept = 20

/** Nothing but blank space, and the mark that a text may begin with. */
export const isBlank = (text: string): boolean => /^[\s\u0000\ufeff\u00ef\u00bb\u00bf]*$/.test(text)

const isFrame = ({ kind, name, text }: Token): boolean =>
  kind === 'aside' ||
  (kind === 'text' && isBlank(text)) ||
  ((kind === 'start' || kind === 'end') && lists.has(name))

/** What the backup says of itself, gathered while it passes. */
function watchFrame(): { see(token: Token): void; seen(): Frame } {
  const found: string[] = []
  const openings: string[] = []
  const comments: string[] = []
  let commentCount = 0
  let depth = 0
  return {
    see({ kind, name, text }) {
      if (kind === 'start' && lists.has(name)) {
        found.push(name)
        if (openings.length < kept) openings.push(text)
        depth += 1
      } else if (kind === 'end') depth -= 1
      else if (kind === 'aside' && text.startsWith('<!--')) {
        commentCount += 1
        if (comments.length < kept) comments.push(text.slice(4, -3).slice(0, 300))
      }
    },
    seen: () => ({ lists: found, openings, comments, commentCount, isClosed: depth <= 0 }),
  }
}

type Open = { name: string; tokens: Token[]; size: number; kind: BackupPiece['kind'] }

/**
 * Puts tokens together into pieces that cover every one of them, in order.
 *
 * @param longest characters that are held of one piece at most
 */
export function cutPieces(longest = longestElement): {
  take(tokens: readonly Token[]): BackupPiece[]
  /** What is left: the last piece, if it has no end, and what stands behind the last record. */
  end(): { readonly pieces: readonly BackupPiece[]; readonly tail: readonly Token[] }
  frame(): Frame
} {
  let lead: Token[] = []
  let leadSize = 0
  let open: Open | null = null
  const frame = watchFrame()

  const close = (into: BackupPiece[], kind: BackupPiece['kind']): void => {
    if (!open) return
    into.push({ kind, name: open.name, tokens: open.tokens, lead })
    open = null
    lead = []
    leadSize = 0
  }
  const begin = (token: Token, name: string, kind: BackupPiece['kind']): Open => ({
    name,
    tokens: [token],
    size: token.text.length,
    kind,
  })
  const add = (to: Open, token: Token): void => {
    to.size += token.text.length
    // Beyond the bound only the places are kept.
    if (to.size > longest || token.kind === 'overlong') to.kind = 'overlong'
    else if (token.kind === 'broken' && to.kind === 'whole') to.kind = 'broken'
    to.tokens.push(to.kind === 'overlong' ? { ...token, text: '' } : token)
  }
  const addLead = (into: BackupPiece[], token: Token): void => {
    lead.push(token)
    leadSize += token.text.length
    if (leadSize <= longestLead) return
    into.push({ kind: 'stray', name: '', tokens: lead, lead: [] })
    lead = []
    leadSize = 0
  }
  const see = (into: BackupPiece[], token: Token): void => {
    const isRecord = records.has(token.name)
    const begins = isRecord && token.kind !== 'end' && token.kind !== 'text'
    const ends = lists.has(token.name) && (token.kind === 'start' || token.kind === 'end')
    if (open && open.kind === 'stray' && (begins || isFrame(token) || token.kind === 'overlong')) {
      close(into, 'stray')
    } else if (open && (begins || ends)) {
      // Another message begins, or the list ends, before this one has ended.
      close(into, open.kind === 'overlong' ? 'overlong' : 'broken')
    }
    if (open) {
      const holding: Open = open
      add(holding, token)
      const isEnd = token.kind === 'end' && token.name === holding.name
      if (isEnd) close(into, holding.kind)
      return
    }
    if (isFrame(token)) {
      frame.see(token)
      addLead(into, token)
      return
    }
    if (token.kind === 'overlong') {
      open = begin({ ...token, text: token.text.slice(0, 2000) }, token.name, 'overlong')
      return
    }
    const isTag = token.kind === 'start' || token.kind === 'empty' || token.kind === 'broken'
    if (!isRecord || !isTag) {
      open = begin(token, '', 'stray')
      return
    }
    open = begin(token, token.name, token.kind === 'broken' ? 'broken' : 'whole')
    if (token.kind === 'empty') close(into, 'whole')
    else if (token.kind === 'broken' && token.name !== 'mms') close(into, 'broken')
  }

  return {
    take(tokens) {
      const pieces: BackupPiece[] = []
      for (const token of tokens) see(pieces, token)
      return pieces
    },
    end() {
      const pieces: BackupPiece[] = []
      if (open) close(pieces, (open as Open).kind === 'whole' ? 'broken' : (open as Open).kind)
      return { pieces, tail: lead }
    },
    frame: frame.seen,
  }
}
