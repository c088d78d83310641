import { recordAct } from '../../audit/operations/record-act.ts'
import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import type { Decision } from '../../foundation/decision.ts'
import type { CaseId, DeviceCheckId, PersonId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { lockForTransaction } from '../../platform/lock-for-transaction.ts'
import { addCheckRevision } from '../check-store.ts'
import { type Check, checkSchema } from '../device-check/check.ts'
import {
  type CheckChange,
  type CheckRefusal,
  type CheckWords,
  decideCorrection,
  decideDevices,
  decideOnMap,
} from '../device-check/check-change.ts'
import type { InventoryStatement } from '../inventory/inventory.ts'
import { loadCatalogue } from '../inventory/load-catalogue.ts'
import { lockMap } from '../store.ts'
import { changeDrawnInventory } from './change-inventory.ts'
import { drawUpCase } from './draw-up-case.ts'
import { type CheckRevision, fieldOfCheck, loadCheck } from './load-checks.ts'

/** What somebody does to a check, with the revision that was on their screen. */
export type CheckChangeAsked =
  | { readonly kind: 'corrected'; readonly seen: number; readonly words: CheckWords }
  | { readonly kind: 'devices-answered'; readonly seen: number; readonly known: ReadonlyMap<number, boolean> }
  /** A device that the client does not know goes on the map, by its number in the list. */
  | { readonly kind: 'put-on-map'; readonly at: number }

/**
 * Changes a check as a new revision; what it said before stays. When two people change it at once, the second one is
 * told. A device goes on the map in the same transaction, as a revision of the map.
 */
export async function changeCheck(
  clinic: Clinic,
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  checkId: DeviceCheckId,
  asked: CheckChangeAsked,
): Promise<Decision<object, CheckRefusal>> {
  await lockForTransaction(transaction, 'device-check', checkId)
  const [newest] = await loadCheck(clinic, transaction, caseId, checkId)
  if (!newest) return { allowed: false, because: 'no-such-check' }
  if (asked.kind !== 'put-on-map' && asked.seen < newest.revision)
    return { allowed: false, because: 'changed-meanwhile' }
  if (asked.kind === 'put-on-map') return putOnMap(clinic, transaction, by, caseId, newest, asked.at)
  const decision =
    asked.kind === 'corrected'
      ? decideCorrection(newest.check, asked.words)
      : decideDevices(newest.check, asked.known)
  if (!decision.allowed) return decision
  await save(clinic, transaction, by, caseId, newest, asked.kind, decision.check)
  return { allowed: true }
}

async function putOnMap(
  clinic: Clinic,
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  newest: CheckRevision,
  at: number,
): Promise<Decision<object, CheckRefusal>> {
  await lockMap(transaction, caseId)
  const drawn = await drawUpCase(clinic, transaction, caseId)
  const thing = drawn.inventory.things.find(each => each.thingId === newest.thingId)
  const entry = thing && (await loadCatalogue()).entries.get(thing.entry)
  if (!thing || !entry) return { allowed: false, because: 'no-such-thing' }
  const decision = decideOnMap(newest.check, at, thing, entry)
  if (!decision.allowed) return decision
  if (!decision.isSaid) {
    const { thingId, label, note } = thing
    const { basis, question, belief } = decision
    const said: Record<string, InventoryStatement> = { [question]: { belief, things: [] } }
    const change = {
      kind: 'answer',
      thingId,
      seen: drawn.inventoryRevision,
      label,
      note,
      basis,
      said,
    } as const
    const changed = await changeDrawnInventory(clinic, transaction, by, caseId, change, drawn)
    if (!changed.allowed) return { allowed: false, because: 'no-such-thing' }
  }
  await save(clinic, transaction, by, caseId, newest, 'put-on-map', decision.check)
  return { allowed: true }
}

async function save(
  clinic: Clinic,
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  { checkId, revision, thingId }: CheckRevision,
  change: CheckChange,
  check: Check,
): Promise<void> {
  const next = revision + 1
  const seal = await openCaseSeal(clinic, transaction, caseId)
  await addCheckRevision(transaction, caseId, by, {
    checkId,
    revision: next,
    thingId,
    change,
    sealed: await seal.seal(fieldOfCheck(checkId, next), JSON.stringify(checkSchema.parse(check))),
    sealedList: null,
  })
  await recordAct(transaction, {
    verb: 'device-check-changed',
    caseId,
    part: 'map',
    subject: checkId,
    detail: { change },
  })
}
