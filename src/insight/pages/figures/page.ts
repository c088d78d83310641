import type { StaffRoute } from '../../../identity/route.ts'
import { showPage } from '../../../web/answer.ts'
import { loadFigures } from '../../operations/load-figures.ts'
import { readSuppose } from './suppose.ts'
import { figuresView } from './view.ts'

/** The figures, and what would follow if more people asked. */
export const figuresRoute: StaffRoute = {
  kind: 'staff',
  method: 'GET',
  path: '/figures',
  who: ['manager'],
  answer: async ({ query }, visit) => {
    const found = await visit.clinic.database.transaction(visit.actor, loadFigures)
    const suppose = readSuppose(query)
    return showPage(figuresView(visit, { ...found, suppose, query }), suppose.kind === 'wrong' ? 422 : 200)
  },
}
