import type { Clinic } from '../../platform/clinic.ts'
import { lockForTransaction } from '../../platform/lock-for-transaction.ts'
import type { MachineTrouble } from '../../platform/machine-trouble.ts'
import { sendMail } from '../../platform/mail.ts'
import { decideNotice, writeNotice } from '../machine-notice.ts'
import { loadNotices, replaceNotices } from '../notice-store.ts'

/**
 * Writes to the person who looks after the machine: once when a trouble begins, once a day while it goes on, and once
 * when it is over, whatever restarts and however many processes watch. What was told is kept before the mail goes, so
 * it is told at most once. Where the mail certainly did not leave, that is taken back and it is told at the next check.
 * Nobody is named in it, and no client is ever written to from here. Returns whether something was sent.
 */
export async function tellOperator(
  clinic: Pick<Clinic, 'clinicId' | 'database' | 'mail' | 'machine' | 'log'>,
  troubles: readonly MachineTrouble[],
): Promise<boolean> {
  const { mail, machine } = clinic
  if (!mail || !machine?.operatorAddress) return false
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'job-watch-machine' } as const
  const change = await clinic.database.transaction(actor, async transaction => {
    await lockForTransaction(transaction, 'machine-notice', clinic.clinicId)
    const before = await loadNotices(transaction)
    const decision = decideNotice(before, troubles, transaction.now)
    if (!decision.isTold) return null
    await replaceNotices(
      transaction,
      troubles.map(trouble => ({
        trouble,
        since: before.find(notice => notice.trouble === trouble)?.since ?? transaction.now,
        toldAt: transaction.now,
      })),
    )
    return { before, decision }
  })
  if (!change) return false
  const outcome = await sendMail(mail, { to: machine.operatorAddress, ...writeNotice(change.decision) })
  if (outcome.kind === 'did-not-leave') {
    clinic.log('operator-not-told', { code: outcome.code })
    await clinic.database.transaction(actor, transaction => replaceNotices(transaction, change.before))
    return false
  }
  clinic.log('operator-told', { troubles: troubles.join(' ') })
  return true
}
