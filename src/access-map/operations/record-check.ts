import { z } from 'zod'
import { recordAct } from '../../audit/operations/record-act.ts'
import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import { type CaseId, type DeviceCheckId, makeId, type PersonId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { doOnce } from '../../platform/do-once.ts'
import { addCheckRevision } from '../check-store.ts'
import { type Check, checkSchema } from '../device-check/check.ts'
import { fieldOfCheck, fieldOfList } from './load-checks.ts'
import { loadInventory } from './load-inventory.ts'

const resultSchema = z.union([
  z.object({ allowed: z.literal(true), checkId: z.string() }),
  z.object({ allowed: z.literal(false), because: z.literal('no-such-thing') }),
])
export type RecordResult = z.output<typeof resultSchema>

/**
 * Records a check of a thing on the map, with the list it was made from as it came in. The case must be open for
 * writing its map.
 */
export async function recordCheck(
  clinic: Clinic,
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  thingId: string,
  made: { readonly check: Check; readonly list: Uint8Array | null },
  formToken: string | null,
): Promise<RecordResult> {
  return doOnce(
    transaction,
    // The two forms are on one page. One sent after the other is another act.
    made.list ? 'record-device-list' : 'record-device-check',
    formToken,
    kept => resultSchema.parse(kept),
    async () => {
      const { inventory } = await loadInventory(clinic, transaction, caseId)
      if (!inventory.things.some(each => each.thingId === thingId))
        return { allowed: false, because: 'no-such-thing' }
      const checkId = makeId<DeviceCheckId>(clinic.clock.now())
      const seal = await openCaseSeal(clinic, transaction, caseId)
      await addCheckRevision(transaction, caseId, by, {
        checkId,
        revision: 1,
        thingId,
        change: 'recorded',
        sealed: await seal.seal(fieldOfCheck(checkId, 1), JSON.stringify(checkSchema.parse(made.check))),
        // The bytes as text, because what is sealed here is text. They come out as they went in.
        sealedList:
          made.list && (await seal.seal(fieldOfList(checkId), Buffer.from(made.list).toString('base64'))),
      })
      await recordAct(transaction, {
        verb: 'device-checked',
        caseId,
        part: 'map',
        subject: checkId,
        detail: { list: made.check.list?.kind ?? 'none' },
      })
      return { allowed: true, checkId }
    },
  )
}
