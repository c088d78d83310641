import { type CaseId, type ItemId, parseId } from '../foundation/ids.ts'
import { Fault } from '../platform/fault.ts'
import type { Job } from '../platform/jobs.ts'
import { readItem } from './operations/read-item.ts'

/** What the room does by itself: reading what was brought, after the act that took it in is kept. */
export const evidenceJobs: readonly Job[] = [
  {
    name: 'read-item',
    work: async (clinic, payload) => {
      const caseId = parseId<CaseId>(payload['caseId'] ?? '')
      const itemId = parseId<ItemId>(payload['itemId'] ?? '')
      if (!caseId || !itemId) throw new Fault('job-payload', 'A job names no case or no item.')
      await readItem(clinic, caseId, itemId)
    },
  },
]
