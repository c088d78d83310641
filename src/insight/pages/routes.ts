import type { AnyRoute } from '../../identity/route.ts'
import { showFigures } from './figures/page.ts'

/** The pages of the figures, for managers alone. */
export const insightRoutes: readonly AnyRoute[] = [
  {
    kind: 'staff',
    who: ['manager'],
    method: 'GET',
    path: '/figures',
    readsAtEntry: true,
    answer: showFigures,
  },
]
