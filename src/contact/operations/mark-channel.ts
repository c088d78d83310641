import { recordAct } from '../../audit/operations/record-act.ts'
import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import type { Decision } from '../../foundation/decision.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import type { CarriedBy, RecordedVerdict } from '../channel-verdict.ts'
import { decideMark } from '../decide-channel-verdict.ts'
import { addVerdict, isChannelOpen, loadVerdicts, lockContactGate } from '../store.ts'
import { endClientWords, silenceMessage } from './end-client-words.ts'
import { fieldOfVerdict } from './list-verdicts.ts'
import { nameMapRulesOf } from './map-rules.ts'
import { raiseTask } from './raise-task.ts'

/**
 * Says whether the suspected person can observe a channel, with the reason: what a person knows, or the path on the
 * access map, which calls this in the transaction that changes the map. Where the channel is then not known to be safe,
 * what waits on it is stopped in this transaction. A message that is already on its way out is waited for first. A
 * person who would say that there is nothing against what the map calls "observable" is refused.
 *
 * What the client said of the channel before ends where somebody now says that it can be observed or is not known: a
 * person, or the map with something that it did not say before.
 *
 * The case is open for writing its contact; for the map's word, for writing its map.
 */
export async function markChannel(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  mark: {
    readonly channelId: string
    readonly verdict: RecordedVerdict['verdict']
    readonly why: string
    readonly fromMap: boolean
    readonly countsUntil?: Date | null
    /** Of the map: what the channel is tied to. */
    readonly carriedBy?: CarriedBy | null
    /** False where the map only says again what it said. */
    readonly isNew?: boolean
  },
): Promise<Decision<object, 'the-map-says-observable'>> {
  await lockContactGate(transaction, caseId)
  const { channelId, fromMap, verdict, isNew = true, ...rest } = mark
  const said = (await loadVerdicts(transaction, caseId)).get(channelId) ?? []
  const decision = decideMark(said, mark)
  if (!decision.allowed) return decision
  const before = said.find(each => each.fromMap === fromMap)
  const seal = await openCaseSeal(clinic, transaction, caseId)
  await addVerdict(transaction, caseId, {
    channelId,
    verdict,
    fromMap,
    countsUntil: rest.countsUntil ?? null,
    byRules: fromMap ? await nameMapRulesOf(clinic) : null,
    carriedBy: rest.carriedBy ?? null,
    sealed: await seal.seal(fieldOfVerdict(channelId, transaction.now), rest.why),
  })
  await recordAct(transaction, {
    verb: 'channel-marked',
    caseId,
    part: 'contact',
    detail: { channel: channelId, verdict, fromMap },
  })
  if (verdict === 'observable') await silenceMessage(transaction, caseId, channelId, 'observable')
  // What the client says holds while nothing new is said against it.
  if (verdict !== 'not-observable' && isNew)
    await endClientWords(
      transaction,
      caseId,
      channelId,
      fromMap ? 'map-changed' : 'said-otherwise',
      verdict === 'observable',
    )
  if (!(await isChannelOpen(transaction, caseId, channelId)))
    await silenceMessage(transaction, caseId, channelId, 'not-known-whether-observable')
  // Another path to what was observable before is nothing new to do.
  if (verdict === 'observable' && before?.verdict !== 'observable')
    await raiseTask(transaction, { caseId, kind: 'channel-observable', because: verdict, subject: channelId })
  return decision
}
