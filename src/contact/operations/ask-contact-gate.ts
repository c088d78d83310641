import { findCaseState } from '../../cases/operations/load-case-state.ts'
import { loadProfile } from '../../directory/operations/load-profile.ts'
import type { Decision } from '../../foundation/decision.ts'
import type { CaseId } from '../../foundation/ids.ts'
import { isSecondPhraseOpen } from '../../identity/operations/phrase-state.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import type { SafeChannel } from '../contact-plan.ts'
import { saidOfAddressNow } from '../decide-channel-verdict.ts'
import { findTellingWords, type Wording, writeReminder } from '../neutral-wording.ts'
import { decideSending, type Silence } from '../safe-channel.ts'
import { findNextInWindow } from '../safe-window.ts'
import { loadContactPlan } from './load-plan.ts'
import { loadSaid } from './load-said.ts'
import { nameMapRulesOf } from './map-rules.ts'

export type GateAnswer = Decision<{ readonly channel: SafeChannel; readonly wording: Wording }, Silence> & {
  /** Where only the hour is wrong: the next instant that would do. */
  readonly notBefore: Date | null
}

/** Asks the contact gate of rule S1 about one message at this instant, with everything as it is now. */
export async function askContactGate(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  sending: { readonly channelId: string; readonly aboutAt: Date },
): Promise<GateAnswer> {
  const profile = await loadProfile(transaction)
  const zone = profile.timeZone
  const plan = (await loadContactPlan(clinic, transaction, caseId))?.plan ?? null
  const said = saidOfAddressNow(
    plan,
    sending.channelId,
    await loadSaid(transaction, caseId),
    await nameMapRulesOf(clinic),
  )
  const moment = transaction.now.getTime()
  const aboutAt = sending.aboutAt.getTime()
  const isCaseOpen = (await findCaseState(transaction, caseId)) === 'open'
  const decision = decideSending(
    plan,
    said,
    { channelId: sending.channelId, aboutAt },
    { moment, zone, isCaseOpen, isSecondPhraseOpen: await isSecondPhraseOpen(transaction, caseId) },
  )
  const no = (because: Silence) => ({ allowed: false, because, notBefore: null }) as const
  if (!decision.allowed && decision.because !== 'outside-safe-hours') return no(decision.because)
  // From here on nothing speaks against it but the hour. What could not be sent at any hour does not wait for one.
  const windows = plan?.channels.find(each => each.channelId === sending.channelId)?.windows ?? []
  const next = decision.allowed ? null : findNextInWindow(moment, aboutAt, zone, windows)
  if (!decision.allowed && next === null) return no('outside-safe-hours')
  const wording = writeReminder(sending.aboutAt, zone)
  const names = [profile.name, ...profile.agencies.map(agency => agency.name)]
  const senderAddress = clinic.mail?.from ?? ''
  if (findTellingWords({ ...wording, senderAddress }, names).length > 0) return no('words-give-away')
  // The last question: whether there is a mail server hides none of the reasons above.
  if (!clinic.mail) return no('no-mail-here')
  if (!decision.allowed)
    return { ...no('outside-safe-hours'), notBefore: next === null ? null : new Date(next) }
  return { allowed: true, channel: decision.channel, wording, notBefore: null }
}
