import { type CaseId, type PhraseUseId, parseId } from '../foundation/ids.ts'
import { Fault } from '../platform/fault.ts'
import type { Job, JobPayload } from '../platform/jobs.ts'
import { lookAtPhraseUse } from './operations/look-at-phrase-use.ts'

function read(payload: JobPayload): { readonly caseId: CaseId; readonly useId: PhraseUseId } {
  const caseId = parseId<CaseId>(payload['caseId'] ?? '')
  const useId = parseId<PhraseUseId>(payload['useId'] ?? '')
  if (!caseId || !useId) throw new Fault('job-payload', 'A job names no case or no use of a phrase.')
  return { caseId, useId }
}

/** What the room does by itself: seeing which phrase let a client in, and telling her people if it was the second. */
export const portalJobs: readonly Job[] = [
  {
    name: 'look-at-phrase-use',
    work: async (clinic, payload) => {
      const { caseId, useId } = read(payload)
      return lookAtPhraseUse(clinic, caseId, useId)
    },
    // Nobody can wave this through: the look is taken again, and what keeps it from being taken stays before a person.
    setAside: async (clinic, payload) => {
      const { caseId, useId } = read(payload)
      return lookAtPhraseUse(clinic, caseId, useId)
    },
  },
]
