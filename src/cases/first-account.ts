import type { Referral } from './referral.ts'
import { sayRelation } from './say-relation.ts'

/** The first account of a referral, as it was given before a case was created; no channel is in it. */
export type FirstAccount = Pick<
  Referral,
  'reference' | 'receivedBy' | 'receivedAt' | 'clientName' | 'suspectName' | 'answers' | 'decision'
> & {
  /** Who took the call; null where nobody did. */
  readonly takenBy: string | null
}

const longest = 160

/** The account in a few words, for the overview of the case: what was said first, and what of it is most pressing. */
export function sayInShort({ answers }: FirstAccount): {
  readonly words: string
  readonly facts: readonly string[]
} {
  const words = [...answers.words.replace(/\s+/g, ' ').trim()]
  const flags = answers.flags.length
  return {
    words: words.length > longest ? `${words.slice(0, longest).join('').trimEnd()} …` : words.join(''),
    facts: [
      ...(answers.dangerNow === 'yes' ? ['Said to be in danger then'] : []),
      `The suspected person: ${sayRelation(answers.relation).toLowerCase()}`,
      flags === 0
        ? 'No red flag was told'
        : flags === 1
          ? '1 red flag was told'
          : `${flags} red flags were told`,
    ],
  }
}
