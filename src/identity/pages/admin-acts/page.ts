import { listActsOfClinic } from '../../../audit/operations/list-acts-of-clinic.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import type { PageRequest } from '../../../web/request.ts'
import type { StaffVisit } from '../../route.ts'
import { actsView } from './view.ts'

const aPage = 100

/** Shows what was done about the clinic itself, the newest first. */
export async function showActs(request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const asked = request.query.get('before') ?? ''
  const before = /^\d{1,15}$/.test(asked) ? Number(asked) : null
  const withSignIns = request.query.get('sign-ins') === 'yes'
  const list = await visit.clinic.database.transaction(visit.actor, transaction =>
    listActsOfClinic(transaction, { before, withSignIns, atMost: aPage }),
  )
  return showPage(actsView(visit, { ...list, withSignIns }))
}
