import { type CaseId, type ItemId, parseId } from '../foundation/ids.ts'
import { Fault } from '../platform/fault.ts'
import type { Job, JobPayload } from '../platform/jobs.ts'
import { keepNoSafeCopy, makeSafeCopy } from './operations/make-safe-copy.ts'
import { mergeRecords } from './operations/merge-records.ts'
import { readItem } from './operations/read-item.ts'
import { setReadingAside } from './operations/set-reading-aside.ts'

function readCase(payload: JobPayload): CaseId {
  const caseId = parseId<CaseId>(payload['caseId'] ?? '')
  if (!caseId) throw new Fault('job-payload', 'A job names no case.')
  return caseId
}

function read(payload: JobPayload): { readonly caseId: CaseId; readonly itemId: ItemId } {
  const itemId = parseId<ItemId>(payload['itemId'] ?? '')
  if (!itemId) throw new Fault('job-payload', 'A job names no item.')
  return { caseId: readCase(payload), itemId }
}

/**
 * What the room does by itself: reading what was brought, after the act that took it in is kept, making a picture again so
 * that it can be looked at, and putting together what readings have written.
 */
export const evidenceJobs: readonly Job<'read-item' | 'make-safe-copy' | 'merge-records'>[] = [
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
  {
    name: 'make-safe-copy',
    isHeavy: true,
    work: async (clinic, payload) => {
      const { caseId, itemId } = read(payload)
      return makeSafeCopy(clinic, caseId, itemId)
    },
    setAside: async (clinic, payload, why) => {
      const { caseId, itemId } = read(payload)
      return keepNoSafeCopy(clinic, caseId, itemId, why)
    },
  },
  {
    name: 'merge-records',
    isHeavy: true,
    work: async (clinic, payload) => mergeRecords(clinic, readCase(payload)),
    // Nothing is said anywhere of what is not merged: everything is found without it.
    setAside: async () => 'rightly-nothing',
  },
]
