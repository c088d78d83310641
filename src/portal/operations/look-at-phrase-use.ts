import { withCase } from '../../audit/operations/open-case.ts'
import { raiseSecondPhrase } from '../../contact/operations/look-into-second-phrase.ts'
import type { CaseId, PhraseUseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'

/**
 * Raises a task for the people of a case when it was the second phrase that let somebody in (rule S4). It runs on the
 * queue after either phrase, so that the answer at the door takes as long for the one as for the other.
 */
export async function lookAtPhraseUse(clinic: Clinic, caseId: CaseId, useId: PhraseUseId): Promise<void> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'job-look-at-phrase-use' } as const
  await withCase(clinic.database, actor, { caseId, part: 'contact', mode: 'write' }, transaction =>
    raiseSecondPhrase(transaction, caseId, useId),
  )
}
