import { openPartInSight } from '../../../audit/operations/open-part-in-sight.ts'
import { loadProfile } from '../../../directory/operations/load-profile.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import type { PageRequest } from '../../../web/request.ts'
import { loadFirstAccount } from '../../operations/load-first-account.ts'
import { loadLatestTriage } from '../../operations/load-triage-history.ts'
import { listSealedFields } from '../../operations/reveal-contact.ts'
import { firstAccountView } from './view.ts'

/** The first account of the referral, as it was given, for those who may see that part. */
export async function showFirstAccount(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { caseId } = visit
  const found = await visit.onCase(async transaction => {
    const looks = (part: 'contact' | 'triage') => openPartInSight(transaction, { caseId, part, mode: 'read' })
    return {
      account: await loadFirstAccount(transaction, caseId),
      zone: (await loadProfile(transaction)).timeZone,
      sealed: (await looks('contact')) ? await listSealedFields(transaction, caseId) : null,
      triage: (await looks('triage')) ? await loadLatestTriage(transaction, caseId) : null,
    }
  })
  return showPage(firstAccountView(visit, found))
}
