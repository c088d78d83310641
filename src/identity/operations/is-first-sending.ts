import type { Transaction } from '../../platform/database.ts'
import { claimForm, loadClaim } from '../store.ts'

/**
 * Does the act of a form once, however often the form is sent: true when this is the first sending. A second that
 * comes at the same time waits until the first is kept.
 */
export async function isFirstSending(transaction: Transaction, formToken: string): Promise<boolean> {
  return (await claimForm(transaction, formToken, '')).isFirst
}

/** Whether the act of a form was done already, before anything is asked about doing it. */
export async function wasSentBefore(transaction: Transaction, formToken: string): Promise<boolean> {
  return (await loadClaim(transaction, formToken)) !== null
}
