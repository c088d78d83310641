import { type GiveawaySearch, needsChoice, sayGiveaway } from '../evidence/giveaways/giveaway.ts'
import type { sayNotRead } from '../evidence/say-reading.ts'
import type { ItemId } from '../foundation/ids.ts'

/** What becomes of an exhibit that could give the client away. A person chooses again for each bundle. */
export const exhibitChoices = ['leave-out', 'working-copy', 'original'] as const
export type ExhibitChoice = (typeof exhibitChoices)[number]
export type ChosenExhibits = Readonly<Record<string, ExhibitChoice>>

/** An exhibit that would go into a bundle, and the result of searching it; null when nobody searched it. */
export type WeighedExhibit = {
  readonly itemId: ItemId
  readonly reference: string
  readonly originalName: string
  readonly look: GiveawaySearch | null
  /** What of it was not read; null when all of it was. */
  readonly notRead: ReturnType<typeof sayNotRead>
  /** Whether a copy can be made of its pixels alone. */
  readonly mayCopy: boolean
}

/** The exhibits for which nobody has chosen yet, or for which something was chosen that cannot be done. */
// Rule S6: nothing that could give the client away leaves without a person who saw that it does
export function findOpenChoices(
  exhibits: readonly WeighedExhibit[],
  chosen: ChosenExhibits,
): readonly WeighedExhibit[] {
  return exhibits.filter(exhibit => {
    const choice = chosen[exhibit.itemId]
    if (choice === 'working-copy') return !exhibit.mayCopy
    return needsChoice(exhibit.look) && choice === undefined
  })
}

/** Only what was chosen for exhibits that would go in. Anything else that came with a form is dropped. */
export function keepChoices(exhibits: readonly WeighedExhibit[], given: ChosenExhibits): ChosenExhibits {
  const kept: Record<string, ExhibitChoice> = {}
  for (const exhibit of exhibits) {
    const choice = given[exhibit.itemId]
    if (choice && needsChoice(exhibit.look) && (choice !== 'working-copy' || exhibit.mayCopy))
      kept[exhibit.itemId] = choice
  }
  return kept
}

export function parseChoice(text: string): ExhibitChoice | null {
  return exhibitChoices.find(choice => choice === text) ?? null
}

const choiceWords: Readonly<Record<ExhibitChoice, string>> = {
  'leave-out': 'Leave it out',
  'working-copy': 'Send a working copy without it',
  original: 'Send the original as it is',
}
export function sayChoice(choice: ExhibitChoice): string {
  return choiceWords[choice]
}

/** "It holds the client’s number, 3 positions that the camera wrote. Not looked through: 2 parts of it." */
export function saySearch(look: GiveawaySearch | null): string {
  if (look === null) return 'Nobody has looked it through yet, so it may hold anything.'
  const parts =
    look.notLookedCount === 1
      ? 'one part of it'
      : `${look.notLookedCount.toLocaleString('en-GB')} parts of it`
  return [
    look.found.length === 0 ? '' : `It holds ${look.found.map(sayGiveaway).join(', ')}.`,
    look.notLookedCount === 0 ? '' : `Not looked through: ${parts}.`,
  ]
    .filter(text => text !== '')
    .join(' ')
}
