import type { AnyRoute } from '../../identity/route.ts'
import { figuresRoute } from './figures/page.ts'

/** The pages of the figures, for managers alone. */
export const insightRoutes: readonly AnyRoute[] = [figuresRoute]
