import type { AnyRoute } from '../../identity/route.ts'
import { showOverview } from './overview/page.ts'
import { showTrail } from './trail/page.ts'

/** The pages that show a whole case, with who may see them. */
export const casefileRoutes: readonly AnyRoute[] = [
  { kind: 'case', part: 'overview', mode: 'read', method: 'GET', path: '/cases/:case', answer: showOverview },
  { kind: 'case', part: 'trail', mode: 'read', method: 'GET', path: '/cases/:case/trail', answer: showTrail },
]
