import { mayAccess } from '../../audit/operations/access-case.ts'
import { openPartInSight } from '../../audit/operations/open-part-in-sight.ts'
import { findCaseState } from '../../cases/operations/load-case-state.ts'
import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import { loadProfile } from '../../directory/operations/load-profile.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { onceInVisit } from '../../platform/once-in-visit.ts'
import type { ClientWord } from '../client-word.ts'
import { loadSealedContact } from '../contact-of-case-store.ts'
import type { SafeChannel } from '../contact-plan.ts'
import { decideChannelVerdict, saidOfAddressNow, type WeighedVerdict } from '../decide-channel-verdict.ts'
import { decideUse, type Silence } from '../safe-channel.ts'
import { fieldOfVerdict } from './list-verdicts.ts'
import { type AgreedPlan, openPlanRow } from './load-plan.ts'
import { nameMapRulesOf } from './map-rules.ts'
import { fieldOfClientWord } from './write-client-word.ts'

/** What counts of a channel now, with its reason. */
export type ExplainedVerdict = Omit<WeighedVerdict, 'row'> & {
  /** Null where nobody said anything, or where the reason is the map's and the person looking may not see the map. */
  readonly why: string | null
}

/** A channel as it is now: what counts of it, and whether it may be used. Its number stays sealed. */
export type CurrentChannel = Pick<SafeChannel, 'channelId' | 'kind' | 'windows' | 'mayRemind'> & {
  readonly verdict: ExplainedVerdict
  /** Why it may not be used now; null where it may. */
  readonly because: Silence | null
  /** What the client says of it, as long as nobody ended it: who wrote it down, when, how they said it, until when. */
  readonly client: (ClientWord & { readonly by: string | null; readonly words: string }) | null
}

/** The client's channels as they are now, and the zone of their days and hours. */
export type CurrentChannels = {
  readonly agreed: AgreedPlan | null
  readonly channels: readonly CurrentChannel[]
  readonly zone: string
}

/**
 * Every channel as it is now, for every page that offers one; the case must be open for its contact. None where nothing
 * has been agreed.
 */
export async function listChannels(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<CurrentChannels> {
  const [{ timeZone: zone }, sealed] = await Promise.all([
    loadProfile(transaction),
    onceInVisit(transaction, `sealed-contact ${caseId}`, () => loadSealedContact(transaction, caseId)),
  ])
  const found = sealed.plan && (await openPlanRow(clinic, transaction, caseId, sealed.plan))
  const plan = found?.plan ?? null
  const agreed = plan?.channels.filter(each => !each.isGone) ?? []
  if (agreed.length === 0) return { agreed: found, channels: [], zone }
  const moment = transaction.now.getTime()
  const [state, seal, seesMap, mapRules] = await Promise.all([
    findCaseState(transaction, caseId),
    openCaseSeal(clinic, transaction, caseId),
    mayAccess(transaction, { caseId, part: 'map', mode: 'read' }),
    nameMapRulesOf(clinic),
  ])
  const isCaseOpen = state === 'open'
  const channels: CurrentChannel[] = []
  for (const { channelId, kind, windows, mayRemind } of agreed) {
    const said = saidOfAddressNow(plan, channelId, sealed.said, mapRules)
    const use = decideUse(plan, channelId, said, {
      moment,
      zone,
      isCaseOpen,
      isSecondPhraseOpen: sealed.isSecondPhraseOpen,
    })
    const { row, ...verdict } = decideChannelVerdict(said, moment)
    const { client } = said
    const words = client && (await seal.open(fieldOfClientWord(channelId, client.at), client.sealed))
    const isHidden = verdict.basis === 'map' && !seesMap
    const why = row && !isHidden ? await seal.open(fieldOfVerdict(row.channelId, row.at), row.sealed) : null
    channels.push({
      channelId,
      kind,
      windows,
      mayRemind,
      verdict: { ...verdict, why: verdict.basis === 'client' ? words : why },
      because: use.allowed ? null : use.because,
      client: client && {
        at: client.at,
        countsUntil: client.countsUntil,
        heard: client.heard,
        by: client.by,
        words: words ?? '',
      },
    })
  }
  return { agreed: found, channels, zone }
}

/**
 * The same for a page of another part that offers a channel; the contact is opened with it, which is recorded. Null
 * where the person looking may not see the client's channels.
 */
export async function listChannelsInSight(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<CurrentChannels | null> {
  const isInSight = await openPartInSight(transaction, { caseId, part: 'contact', mode: 'read' })
  return isInSight ? listChannels(clinic, transaction, caseId) : null
}
