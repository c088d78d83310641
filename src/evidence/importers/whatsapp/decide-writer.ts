import type { WrittenByApp } from '../importer.ts'

/** What can be seen of a line without knowing who wrote it. */
export type LineSigns = {
  /** A name, a colon and a space stand before the words. */
  readonly hasAuthor: boolean
  /** The words begin with U+200E or U+200F, as the app's own do in an export from an iPhone. */
  readonly hasMark: boolean
  /** The export is of the kind in which the app sets that mark: one from an iPhone. */
  readonly isMarkedExport: boolean
  /** The words are a phrase the app writes: from first to last, or together with words that are not the app's. */
  readonly phrase: 'whole' | 'in part' | null
}

/**
 * Decides whose words a line holds. Both signs can be made on purpose: anyone who sends a message can begin it with an
 * invisible mark, and can type what the app writes. So a mark alone decides nothing, a phrase under a name decides
 * nothing either, and only the two together, where the app sets them together, take words away from a name. Words
 * that are not the app's are never taken away.
 *
 * | name before it | mark | phrase  | export     | the app wrote it |
 * |----------------|------|---------|------------|------------------|
 * | no             | any  | whole   | any        | yes              |
 * | no             | any  | in part | any        | not decided      |
 * | no             | any  | none    | any        | not decided      |
 * | yes            | yes  | whole   | iPhone     | yes              |
 * | yes            | yes  | whole   | Android    | not decided      |
 * | yes            | no   | whole   | any        | not decided      |
 * | yes            | any  | in part | any        | not decided      |
 * | yes            | yes  | none    | any        | not decided      |
 * | yes            | no   | none    | any        | no               |
 */
// What the app does was read off exports and issue threads of chat-miner, whatstk, WA-Reader and whats_json (2026-11-29):
// exports of iPhones set U+200E before the app's words, behind a name; those of Android name nobody before them.
export function decideWriter({ hasAuthor, hasMark, isMarkedExport, phrase }: LineSigns): WrittenByApp {
  switch (phrase) {
    case 'whole':
      return hasAuthor && !(hasMark && isMarkedExport) ? undecided.phrase : byPhrase
    case 'in part':
      return undecided.inPart
    case null:
      if (!hasAuthor) return undecided.noAuthor
      return hasMark ? undecided.mark : byAuthor
  }
}

const byPhrase: WrittenByApp = { answer: 'yes', basis: 'phrase' }
/** Words that stand under a name, with nothing that speaks for the app. */
const byAuthor: WrittenByApp = { answer: 'no', basis: 'author' }
const undecided = {
  phrase: { answer: 'not decided', basis: 'phrase' },
  inPart: { answer: 'not decided', basis: 'phrase-in-part' },
  mark: { answer: 'not decided', basis: 'mark' },
  noAuthor: { answer: 'not decided', basis: 'no-author' },
} as const satisfies Readonly<Record<string, WrittenByApp>>
