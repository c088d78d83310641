import { type CaseId, type MessageId, type PhraseUseId, parseId } from '../foundation/ids.ts'
import type { Clinic } from '../platform/clinic.ts'
import { Fault } from '../platform/fault.ts'
import type { Job, JobPayload } from '../platform/jobs.ts'
import { carryOverContact, setCarryOverAside } from './operations/carry-over-contact.ts'
import { sendMessage, setMessageAside } from './operations/send-message.ts'
import { setOnCallAside, type ToTell, tellOnCall } from './operations/tell-on-call.ts'

function readCase(payload: JobPayload): CaseId {
  const caseId = parseId<CaseId>(payload['caseId'] ?? '')
  if (!caseId) throw new Fault('job-payload', 'A job names no case.')
  return caseId
}

function readMessage(payload: JobPayload): { readonly caseId: CaseId; readonly messageId: MessageId } {
  const messageId = parseId<MessageId>(payload['messageId'] ?? '')
  if (!messageId) throw new Fault('job-payload', 'A job names no message.')
  return { caseId: readCase(payload), messageId }
}

function readToTell(payload: JobPayload): ToTell {
  const useId = parseId<PhraseUseId>(payload['useId'] ?? '')
  if (useId) return { useId }
  const fileId = parseId<CaseId>(payload['fileId'] ?? '')
  if (!fileId) throw new Fault('job-payload', 'A job names no use of a phrase and no file.')
  return { fileId }
}

/**
 * What the room does by itself. It sends what was asked for, at its hour, if the contact gate still says yes. When a
 * case opens, it carries over what was said about contact at the referral. It tells the staff who are on call.
 *
 * @param weighAnew calculates what the access map says, which is in a room above this one; nothing is sent where it
 *   throws
 */
export const makeContactJobs = (
  weighAnew: (clinic: Clinic, caseId: CaseId) => Promise<void>,
): readonly Job<'send-message' | 'carry-over-contact' | 'tell-on-call'>[] => [
  {
    name: 'send-message',
    work: async (clinic, payload) => {
      const { caseId, messageId } = readMessage(payload)
      await weighAnew(clinic, caseId)
      return sendMessage(clinic, caseId, messageId)
    },
    setAside: async (clinic, payload, why) => {
      const { caseId, messageId } = readMessage(payload)
      return setMessageAside(clinic, caseId, messageId, why)
    },
  },
  {
    name: 'carry-over-contact',
    work: async (clinic, payload) => carryOverContact(clinic, readCase(payload)),
    setAside: async (clinic, payload, why) => setCarryOverAside(clinic, readCase(payload), why),
  },
  {
    name: 'tell-on-call',
    isUrgent: true,
    work: async (clinic, payload) => tellOnCall(clinic, readToTell(payload)),
    setAside: async (clinic, payload) => setOnCallAside(clinic, readToTell(payload)),
  },
]
