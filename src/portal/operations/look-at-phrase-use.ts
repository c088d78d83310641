import { withCase } from '../../audit/operations/open-case.ts'
import { raiseSecondPhrase } from '../../contact/operations/look-into-second-phrase.ts'
import type { CaseId, PhraseUseId } from '../../foundation/ids.ts'
import { isUseThere } from '../../identity/operations/phrase-state.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { JobEnd } from '../../platform/jobs.ts'

/**
 * Raises a task for the people of a case when it was the second phrase that let somebody in (rule S4). It runs on the
 * queue after either phrase, so that the answer at the door takes as long for the one as for the other.
 */
export async function lookAtPhraseUse(clinic: Clinic, caseId: CaseId, useId: PhraseUseId): Promise<JobEnd> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'job-look-at-phrase-use' } as const
  const look = { caseId, part: 'contact', mode: 'write' } as const
  const end = await withCase(clinic.database, actor, look, async transaction => {
    // No use of a phrase is ever taken away: one that is not there was looked for in the wrong place.
    if (!(await isUseThere(transaction, caseId, useId))) return 'not-found'
    await raiseSecondPhrase(transaction, caseId, useId)
    return 'done'
  })
  return end ?? 'not-found'
}
