import { type CaseId, type ItemId, parseId } from '../foundation/ids.ts'
import { Fault } from '../platform/fault.ts'
import type { Job, JobPayload } from '../platform/jobs.ts'
import { readItem } from './operations/read-item.ts'
import { setReadingAside } from './operations/set-reading-aside.ts'

function read(payload: JobPayload): { readonly caseId: CaseId; readonly itemId: ItemId } {
  const caseId = parseId<CaseId>(payload['caseId'] ?? '')
  const itemId = parseId<ItemId>(payload['itemId'] ?? '')
  if (!caseId || !itemId) throw new Fault('job-payload', 'A job names no case or no item.')
  return { caseId, itemId }
}

/** What the room does by itself: reading what was brought, after the act that took it in is kept. */
export const evidenceJobs: readonly Job<'read-item'>[] = [
  {
    name: 'read-item',
    isHeavy: true,
    work: async (clinic, payload) => {
      const { caseId, itemId } = read(payload)
      return readItem(clinic, caseId, itemId)
    },
    setAside: async (clinic, payload, why) => {
      const { caseId, itemId } = read(payload)
      return setReadingAside(clinic, caseId, itemId, why)
    },
  },
]
