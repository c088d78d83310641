import { loadCaseState } from '../../cases/operations/load-case-state.ts'
import { loadProfile } from '../../directory/operations/load-profile.ts'
import type { Decision } from '../../foundation/decision.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import type { SafeChannel } from '../contact-plan.ts'
import { findTellingWords, type Wording, writeReminder } from '../neutral-wording.ts'
import { decideSending, type Silence } from '../safe-channel.ts'
import { findNextInWindow } from '../safe-window.ts'
import { loadVerdicts } from '../store.ts'
import { weighVerdicts } from '../weigh-verdicts.ts'
import { loadContactPlan } from './load-plan.ts'

export type DoorAnswer = Decision<{ readonly channel: SafeChannel; readonly wording: Wording }, Silence> & {
  /** Where only the hour is wrong: the next instant that would do. */
  readonly notBefore: Date | null
}

/** Asks the door of rule S1 about one message at this instant, with everything as it is now. */
export async function askTheDoor(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  sending: { readonly channelId: string; readonly aboutAt: Date },
): Promise<DoorAnswer> {
  const profile = await loadProfile(transaction)
  const zone = profile.timeZone
  const plan = (await loadContactPlan(clinic, transaction, caseId))?.plan ?? null
  const verdicts = await loadVerdicts(transaction, caseId)
  const moment = transaction.now.getTime()
  const verdict = weighVerdicts(verdicts.get(sending.channelId) ?? [], moment)
  const aboutAt = sending.aboutAt.getTime()
  const isCaseOpen = (await loadCaseState(transaction, caseId)) === 'open'
  const decision = decideSending(
    plan,
    verdict,
    { channelId: sending.channelId, aboutAt },
    { moment, zone, isCaseOpen },
  )
  if (!decision.allowed) {
    const windows = plan?.channels.find(each => each.channelId === sending.channelId)?.windows ?? []
    const next =
      decision.because === 'outside-safe-hours' ? findNextInWindow(moment, aboutAt, zone, windows) : null
    return { ...decision, notBefore: next === null ? null : new Date(next) }
  }
  if (!clinic.mail) return { allowed: false, because: 'no-mail-here', notBefore: null }
  const wording = writeReminder(sending.aboutAt, zone)
  const names = [profile.name, ...profile.agencies.map(agency => agency.name)]
  if (findTellingWords({ ...wording, senderAddress: clinic.mail.from }, names).length > 0)
    return { allowed: false, because: 'words-give-away', notBefore: null }
  return { allowed: true, channel: decision.channel, wording, notBefore: null }
}
