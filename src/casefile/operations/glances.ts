import { daysThatCount } from '../../access-map/leaks/leak-log.ts'
import { loadInventory } from '../../access-map/operations/load-inventory.ts'
import { loadLeakLog } from '../../access-map/operations/load-leaks.ts'
import { listAppointmentsInShort } from '../../appointments/operations/list-appointments.ts'
import { sayInShort } from '../../cases/first-account.ts'
import { listConsents } from '../../cases/operations/list-consents.ts'
import { loadFirstAccount } from '../../cases/operations/load-first-account.ts'
import { caseSealOf } from '../../cases/operations/open-case-seal.ts'
import { openLately } from '../../cases/operations/open-lately.ts'
import { loadChronologyInShort } from '../../chronology/operations/list-incidents.ts'
import { loadContactInShort } from '../../contact/operations/load-contact-in-short.ts'
import { countReadings } from '../../evidence/operations/load-evidence.ts'
import type { CaseId } from '../../foundation/ids.ts'
import { settleAll } from '../../foundation/settle-all.ts'
import { loadOrdersInShort } from '../../orders/operations/load-orders.ts'
import { loadPlanInShort } from '../../plans/operations/load-plan.ts'
import type { Transaction } from '../../platform/database.ts'
import { casesOpenedForChange } from '../../platform/opened-for-change.ts'
import { fieldOfGlance, type GlancePart, type Glances, glanceSchemas } from '../glance.ts'
import {
  endGlancesNow,
  keepSealedGlances,
  loadSealedGlances,
  orLeaveItBe,
  type SealedGlance,
} from '../glance-store.ts'

/** No more exhibits than this are gone through while somebody saves a change of them; the next look goes through all. */
const mostForWriter = 100

/** Reads what a glance is made of. It may hold more than the glance does; undefined where it would take too long now. */
type Make = (transaction: Transaction, caseId: CaseId, atMost: number | null) => Promise<unknown>

const make: Readonly<Record<GlancePart, Make>> = {
  referral: async (transaction, caseId) => {
    const account = await loadFirstAccount(transaction, caseId)
    return account && sayInShort(account)
  },
  consent: async (transaction, caseId) => (await listConsents(transaction, caseId)).lines,
  evidence: async (transaction, caseId, atMost) =>
    (await countReadings(transaction, caseId, atMost)) ?? undefined,
  chronology: loadChronologyInShort,
  appointment: listAppointmentsInShort,
  plan: loadPlanInShort,
  order: loadOrdersInShort,
  map: async (transaction, caseId) => {
    const [{ inventory }, { log }] = await Promise.all([
      loadInventory(transaction.actor, transaction, caseId),
      loadLeakLog(transaction.actor, transaction, caseId),
    ])
    const things = inventory.things.filter(each => !each.isGone).length
    return { things, days: daysThatCount(log).length }
  },
  contact: loadContactInShort,
}

/**
 * What the page of a case shows of each part that this transaction has opened. A part that was changed since its glance
 * was kept, or whose glance does not open as its own, is read as it is now, and its glance is kept again.
 */
export async function loadGlances(transaction: Transaction, caseId: CaseId): Promise<Partial<Glances>> {
  const kept = await loadSealedGlances(transaction, caseId)
  const opened = await Promise.all(kept.map(each => openGlance(transaction, caseId, each)))
  const missing = kept.filter((_, place) => opened[place] === undefined)
  const made = await makeGlances(transaction, caseId, missing, null)
  const found = [...kept.map(({ part }, place) => [part, opened[place]] as const), ...made]
  return Object.fromEntries(found.filter(([, glance]) => glance !== undefined)) as Partial<Glances>
}

/** Undefined where there is none, or what lies there is not the glance of this part as it is. */
async function openGlance(
  transaction: Transaction,
  caseId: CaseId,
  { part, revision, sealed }: SealedGlance,
): Promise<Glances[GlancePart] | undefined> {
  if (!sealed) return undefined
  const field = fieldOfGlance(part, revision)
  const seal = await caseSealOf(transaction, caseId)
  try {
    return await openLately(`${transaction.actor.clinicId} ${caseId} ${field}`, sealed, async () => {
      const text = await seal.open(field, sealed)
      return glanceSchemas[part].parse(JSON.parse(text))
    })
  } catch {
    return undefined
  }
}

/** Makes the glances of parts that are open, from what lies there, and keeps them. */
async function makeGlances(
  transaction: Transaction,
  caseId: CaseId,
  parts: readonly SealedGlance[],
  atMost: number | null,
): Promise<readonly (readonly [GlancePart, Glances[GlancePart]])[]> {
  if (parts.length === 0) return []
  const seal = await caseSealOf(transaction, caseId)
  const made = await settleAll(
    parts.map(async ({ part, revision }) => {
      const found = await make[part](transaction, caseId, atMost)
      if (found === undefined) return []
      const glance = glanceSchemas[part].parse(JSON.parse(JSON.stringify(found)))
      const sealed = await seal.seal(fieldOfGlance(part, revision), JSON.stringify(glance))
      return [{ part, revision, sealed, glance }]
    }),
  )
  const kept = made.flat()
  await keepSealedGlances(transaction, caseId, kept)
  return kept.map(({ part, glance }) => [part, glance])
}

/**
 * Makes again the glances of what a transaction has changed, as the last thing in it, so that nobody who looks has to. A
 * person makes those of the parts they opened; the program, at a job, that of the evidence. What cannot be made now is left
 * for the next look, and what was changed is kept all the same.
 */
export async function renewGlances(transaction: Transaction): Promise<void> {
  const isPerson = transaction.actor.kind === 'person'
  const changed = casesOpenedForChange(transaction)
  if (changed.length > 0) await endGlancesNow(transaction)
  for (const caseId of changed) {
    const kept = await loadSealedGlances(transaction, caseId)
    // What was gone before is not of this change: a job of many transactions would count the same again in each.
    const gone = kept.filter(({ part, isEndedHere }) => isEndedHere && (isPerson || part === 'evidence'))
    if (gone.length > 0)
      await orLeaveItBe(transaction, async () => {
        await makeGlances(transaction, caseId, gone, mostForWriter)
      })
  }
}
