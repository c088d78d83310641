import { type CaseId, type MessageId, type PhraseUseId, parseId } from '../foundation/ids.ts'
import type { Clinic } from '../platform/clinic.ts'
import { Fault } from '../platform/fault.ts'
import type { Job } from '../platform/jobs.ts'
import { carryOverContact } from './operations/carry-over-contact.ts'
import { sendMessage } from './operations/send-message.ts'
import { tellOnCall } from './operations/tell-on-call.ts'

/**
 * What the room does by itself: sending what was asked for, at its hour, if the door still says yes; and carrying over,
 * when a case opens, what was said about contact at the referral; and telling the staff who are on call.
 *
 * @param weighAnew reckons what the access map says, which stands above this room; nothing is sent where it throws
 */
export const makeContactJobs = (
  weighAnew: (clinic: Clinic, caseId: CaseId) => Promise<void>,
): readonly Job[] => [
  {
    name: 'send-message',
    work: async (clinic, payload) => {
      const caseId = parseId<CaseId>(payload['caseId'] ?? '')
      const messageId = parseId<MessageId>(payload['messageId'] ?? '')
      if (!caseId || !messageId) throw new Fault('job-payload', 'A job names no case or no message.')
      await weighAnew(clinic, caseId)
      await sendMessage(clinic, caseId, messageId)
    },
  },
  {
    name: 'carry-over-contact',
    work: async (clinic, payload) => {
      const caseId = parseId<CaseId>(payload['caseId'] ?? '')
      if (!caseId) throw new Fault('job-payload', 'A job names no case.')
      await carryOverContact(clinic, caseId)
    },
  },
  {
    name: 'tell-on-call',
    isUrgent: true,
    work: async (clinic, payload) => {
      const useId = parseId<PhraseUseId>(payload['useId'] ?? '')
      if (!useId) throw new Fault('job-payload', 'A job names no use of a phrase.')
      await tellOnCall(clinic, useId)
    },
  },
]
