import { recordAct } from '../../audit/operations/record-act.ts'
import { loadProfile } from '../../directory/operations/load-profile.ts'
import type { CaseId, PhraseUseId } from '../../foundation/ids.ts'
import {
  findUseBehind,
  keepToldOnCall,
  loadUseForOnCall,
  type UseForOnCall,
} from '../../identity/operations/on-call.ts'
import type { OnCallMail } from '../../identity/second-phrase.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import { askForJob, type JobEnd } from '../../platform/jobs.ts'
import { sendMail } from '../../platform/mail.ts'
import type { MailSettings } from '../../platform/smtp-settings.ts'
import { findTellingWords, writeOnCall } from '../neutral-wording.ts'

/** However often the words are used, those on call are written to about a case no more often than this. */
const quarterOfAnHour = 15 * 60_000
const minute = 60_000

/** What those on call are told of: a use of either phrase, or what was written in a file that one of them opens. */
export type ToTell = { readonly useId: PhraseUseId } | { readonly fileId: CaseId }

/**
 * Writes to the staff who are on call that there is something to look at. It is asked for after either phrase and after
 * a note in either file, and does nothing after the first. It names no client and no case. It is not a message to a
 * client, so the contact gate (S1) does not apply to it; its words are held to rule S2 all the same.
 *
 * What comes within a quarter of an hour of a mail about the same case, while nobody has looked into it, is told when
 * that time is over. At least once: a person who was written to is not written to again, but where that is not known
 * they are. Throws `on-call-not-reached` so that the queue tries again; what is known so far is shown on the alarm.
 */
export async function tellOnCall(clinic: Clinic, toTell: ToTell): Promise<JobEnd> {
  const actor = actorIn(clinic)
  const found = await clinic.database.transaction(actor, async transaction => ({
    ...(await load(transaction, toTell)),
    profile: await loadProfile(transaction),
    now: transaction.now,
  }))
  const { useId, use, profile, now } = found
  if (!useId) return 'rightly-nothing'
  if (!use) return 'not-found'
  if (use.kind !== 'duress' || !use.isOpen || !(use.told === null || isNotOver.includes(use.told)))
    return 'rightly-nothing'
  const keep = (
    answers: OnCallMail,
    toldTo: readonly string[],
    more: { readonly toldAt?: Date; readonly mailedAt?: Date; readonly nextAt?: Date } = {},
  ): Promise<JobEnd> =>
    clinic.database.transaction(actor, async transaction => {
      const { toldAt = transaction.now, mailedAt = null, nextAt } = more
      await keepToldOnCall(transaction, use, { useId, told: answers, toldTo, toldAt, mailedAt })
      if (mailedAt && use.companionId)
        await recordAct(transaction, { verb: 'on-call-told', caseId: use.companionId })
      const key = `tell-on-call ${useId}`
      if (nextAt) await askForJob(transaction, 'tell-on-call', { useId }, { key, runAt: nextAt })
      return 'done' as const
    })
  const mailed = use.caseMailedAt
  // That mail left after all of this.
  if (mailed && use.lastAt <= mailed) return keep('sent', [], { toldAt: mailed })
  if (mailed && now.getTime() - mailed.getTime() < quarterOfAnHour) {
    const nextAt = new Date(Math.max(mailed.getTime() + quarterOfAnHour, now.getTime() + minute))
    return keep('held', use.toldTo, { nextAt })
  }
  if (profile.onCall.length === 0) return keep('no-address', [])
  if (!clinic.mail) return keep('no-mail-here', [])
  const names = [profile.name, ...profile.agencies.map(agency => agency.name)]
  if (findTellingWords({ ...writeOnCall(), senderAddress: clinic.mail.from }, names).length > 0)
    return keep('words-give-away', [])
  const { reached, isFinal } = await writeToAll(clinic.mail, profile.onCall, use)
  if (isFinal) return reached.length > 0 ? keep('sent', reached, { mailedAt: now }) : keep('refused', [])
  await keep('trying', reached)
  throw new Fault('on-call-not-reached', 'The mail server did not take a mail to those on call.')
}

const isNotOver: readonly OnCallMail[] = ['trying', 'held']
const actorIn = ({ clinicId }: Clinic) => ({ kind: 'task', clinicId, task: 'job-tell-on-call' }) as const

async function load(transaction: Transaction, toTell: ToTell) {
  const useId = 'useId' in toTell ? toTell.useId : await findUseBehind(transaction, toTell.fileId)
  return { useId, use: useId && (await loadUseForOnCall(transaction, useId)) }
}

/** Says on the alarm that those on call could not be written to, and will not be. The alarm stays as it was. */
export async function setOnCallAside(clinic: Clinic, toTell: ToTell): Promise<JobEnd> {
  return clinic.database.transaction(actorIn(clinic), async transaction => {
    const { useId, use } = await load(transaction, toTell)
    if (!useId) return 'rightly-nothing'
    if (!use) return 'not-found'
    if (use.kind !== 'duress' || use.told === 'sent') return 'rightly-nothing'
    await keepToldOnCall(transaction, use, {
      useId,
      told: 'given-up',
      toldTo: use.toldTo,
      toldAt: transaction.now,
      mailedAt: null,
    })
    return 'done'
  })
}

/** One mail for each, so that nobody's address is in another's mail; a final no ends it for that one alone. */
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
