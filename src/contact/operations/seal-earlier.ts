import type { MessageId } from '../../foundation/ids.ts'
import { type ContactKeyHolder, sealAboutAt } from '../store.ts'

/** When a message of an earlier version was about, as this one keeps it. */
export function sealEarlierAboutAt(holder: ContactKeyHolder, messageId: MessageId, at: Date): Buffer {
  return sealAboutAt(holder, messageId, at)
}
