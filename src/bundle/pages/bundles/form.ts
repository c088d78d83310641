import { z } from 'zod'
import { type ItemId, parseId } from '../../../foundation/ids.ts'
import type { FormFields } from '../../../web/request.ts'
import { bundlePurposes } from '../../bundle-request.ts'
import { type ChosenExhibits, type ExhibitChoice, parseChoice } from '../../exhibit-choice.ts'

/** What is typed to ask for a bundle. */
export const askSchema = z.object({
  purpose: z.enum(bundlePurposes, { error: 'Select what the bundle is for' }),
  agency: z.string().max(100),
  records: z.enum(['in-incidents', 'all'], { error: 'Select which messages go in the chronology' }),
  note: z.string().trim().max(2000, 'The note must be 2,000 characters or less'),
})

const choicePrefix = 'exhibit-'
export const choiceField = (itemId: string): string => `${choicePrefix}${itemId}`

/** What was chosen for each exhibit, by its item. A value that is no choice does not count. */
export function readChoices(form: FormFields): ChosenExhibits {
  const chosen: Record<string, ExhibitChoice> = {}
  for (const [name, values] of form) {
    const itemId = name.startsWith(choicePrefix) ? parseId<ItemId>(name.slice(choicePrefix.length)) : null
    const choice = parseChoice(values[0] ?? '')
    if (itemId && choice) chosen[itemId] = choice
  }
  return chosen
}
