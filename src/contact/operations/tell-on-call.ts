import { recordAct } from '../../audit/operations/record-act.ts'
import { loadProfile } from '../../directory/operations/load-profile.ts'
import type { PhraseUseId } from '../../foundation/ids.ts'
import { keepToldOnCall, loadUseForOnCall, type UseForOnCall } from '../../identity/operations/on-call.ts'
import type { OnCallMail } from '../../identity/second-phrase.ts'
import type { Clinic } from '../../platform/clinic.ts'
import { Fault } from '../../platform/fault.ts'
import type { JobEnd } from '../../platform/jobs.ts'
import { sendMail } from '../../platform/mail.ts'
import type { MailSettings } from '../../platform/smtp-settings.ts'
import { findTellingWords, writeOnCall } from '../neutral-wording.ts'

/** However often the words are used, those on call are written to about a case no more often than this. */
const quarterOfAnHour = 15 * 60_000

/**
 * Writes to the staff who are on call that there is something to look at: the door for staff. It is asked for after either
 * phrase, and does nothing after the first. It names no client and no case, is not a message to a client, and what the
 * door of S1 says of a way does not touch it; its words are held to rule S2 all the same.
 *
 * At least once: whoever was written to is not written to again, but where that is not known they are. Throws
 * `on-call-not-reached` so that the queue tries again; what is known so far stands on the alarm.
 */
export async function tellOnCall(clinic: Clinic, useId: PhraseUseId): Promise<JobEnd> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'job-tell-on-call' } as const
  const found = await clinic.database.transaction(actor, async transaction => ({
    use: await loadUseForOnCall(transaction, useId),
    profile: await loadProfile(transaction),
    now: transaction.now,
  }))
  const { use, profile, now } = found
  if (!use) return 'not-found'
  if (use.kind !== 'quiet' || !use.isOpen || (use.told !== null && use.told !== 'trying'))
    return 'rightly-nothing'
  const keep = (told: OnCallMail, toldTo: readonly string[], toldAt?: Date): Promise<JobEnd> =>
    clinic.database.transaction(actor, async transaction => {
      await keepToldOnCall(transaction, use, { useId, told, toldTo, toldAt: toldAt ?? transaction.now })
      if (told === 'sent' && !toldAt && use.companionId)
        await recordAct(transaction, { verb: 'on-call-told', caseId: use.companionId })
      return 'done' as const
    })
  if (use.caseToldAt && now.getTime() - use.caseToldAt.getTime() < quarterOfAnHour)
    return keep('sent', [], use.caseToldAt)
  if (profile.onCall.length === 0) return keep('no-address', [])
  if (!clinic.mail) return keep('no-mail-here', [])
  const names = [profile.name, ...profile.agencies.map(agency => agency.name)]
  if (findTellingWords({ ...writeOnCall(), senderAddress: clinic.mail.from }, names).length > 0)
    return keep('words-give-away', [])
  const { reached, isFinal } = await writeToAll(clinic.mail, profile.onCall, use)
  if (isFinal) return keep(reached.length > 0 ? 'sent' : 'refused', reached)
  await keep('trying', reached)
  throw new Fault('on-call-not-reached', 'The mail server did not take a mail to those on call.')
}

/** Says on the alarm that those on call could not be written to, and will not be. The alarm stands as it did. */
export async function setOnCallAside(clinic: Clinic, useId: PhraseUseId): Promise<JobEnd> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'job-tell-on-call' } as const
  return clinic.database.transaction(actor, async transaction => {
    const use = await loadUseForOnCall(transaction, useId)
    if (!use) return 'not-found'
    if (use.kind !== 'quiet' || use.told === 'sent') return 'rightly-nothing'
    await keepToldOnCall(transaction, use, {
      useId,
      told: 'given-up',
      toldTo: use.toldTo,
      toldAt: transaction.now,
    })
    return 'done'
  })
}

/** One mail for each, so that no address stands in another's mail; a final no ends it for that one alone. */
async function writeToAll(
  mail: MailSettings,
  addresses: readonly string[],
  { toldTo }: Pick<UseForOnCall, 'toldTo'>,
): Promise<{ readonly reached: readonly string[]; readonly isFinal: boolean }> {
  const reached = new Set(toldTo)
  let isFinal = true
  for (const to of addresses.filter(each => !reached.has(each))) {
    const outcome = await sendMail(mail, { to, ...writeOnCall() })
    if (outcome.kind === 'taken') reached.add(to)
    else if (outcome.kind === 'not-known' || !outcome.isFinal) isFinal = false
  }
  return { reached: [...reached], isFinal }
}
