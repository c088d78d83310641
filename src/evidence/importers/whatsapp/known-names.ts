import { type IsName, plainPhrase } from './find-notice.ts'

/** A hostile file could name a new person on every line. */
const mostNames = 2000
const phoneNumber = /^\+?[\d\s()./\u2010-\u2015-]{6,24}$/u

// How the app says "you", and somebody it does not name.
const pronouns = new Set(
  'you|du|sie|vous|tu|tú|usted|ustedes|você|je|u|jij|siz|sen|ty|dvs|dvs.|أنت|आप|ты|вы|group creator|a participant|an admin'.split(
    '|',
  ),
)

/** Learns the names that stand before the words of a file, and tells whether a text is one of them, a number or "you". */
export function knowNames(): { see(sender: string): void; readonly isName: IsName } {
  const seen = new Set<string>()
  const names = new Set<string>()
  return {
    see(sender) {
      if (seen.has(sender) || seen.size >= mostNames) return
      seen.add(sender)
      names.add(plainName(sender))
    },
    isName: text => {
      const name = plainName(text)
      return name !== '' && (names.has(name) || pronouns.has(name) || phoneNumber.test(name))
    },
  }
}

/** A name without capitals, invisible marks and the "~" before one that nobody saved. */
function plainName(text: string): string {
  return plainPhrase(text).replace(/^~\s*/, '')
}
