import { z } from 'zod'
import { writeAccount } from './account/account.ts'
import { accountFactsSchema } from './account/account-facts.ts'
import { writeAppliance } from './appliance.ts'
import { applianceFactsSchema } from './appliance-facts.ts'
import { deviceFactsSchema, writeDevice } from './device.ts'
import { groupFactsSchema, writeGroup } from './group.ts'
import { keepingPlaceFactsSchema, writeKeepingPlace } from './keeping-place.ts'
import { numberFactsSchema, writeNumber } from './number.ts'
import type { Parts } from './part.ts'
import { writeOut, writtenFactsSchema } from './written.ts'

/**
 * How a kind of thing hangs together, by the name of its mechanism, with the facts of the entry. A mechanism knows every
 * way in and every way of being noticed of its kind; an entry holds only facts and words.
 */
export const mechanismSchema = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('account'), facts: accountFactsSchema }),
  z.strictObject({ is: z.literal('device'), facts: deviceFactsSchema }),
  z.strictObject({ is: z.literal('number'), facts: numberFactsSchema }),
  z.strictObject({ is: z.literal('group'), facts: groupFactsSchema }),
  z.strictObject({ is: z.literal('appliance'), facts: applianceFactsSchema }),
  z.strictObject({ is: z.literal('keeping-place'), facts: keepingPlaceFactsSchema }),
  z.strictObject({ is: z.literal('written'), facts: writtenFactsSchema }),
])
export type Mechanism = z.output<typeof mechanismSchema>

/** Everything that a kind of thing puts on the map. */
export function writeParts(mechanism: Mechanism): Parts {
  switch (mechanism.is) {
    case 'account':
      return writeAccount(mechanism.facts)
    case 'device':
      return writeDevice(mechanism.facts)
    case 'number':
      return writeNumber(mechanism.facts)
    case 'group':
      return writeGroup(mechanism.facts)
    case 'appliance':
      return writeAppliance(mechanism.facts)
    case 'keeping-place':
      return writeKeepingPlace(mechanism.facts)
    case 'written':
      return writeOut(mechanism.facts)
  }
}
