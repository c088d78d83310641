import { accessMapRoutes } from '../access-map/pages/routes.ts'
import { appointmentRoutes } from '../appointments/pages/routes.ts'
import { bundleRoutes } from '../bundle/pages/routes.ts'
import { casefileRoutes } from '../casefile/pages/routes.ts'
import { casesRoutes } from '../cases/pages/routes.ts'
import { chronologyRoutes } from '../chronology/pages/routes.ts'
import { contactRoutes } from '../contact/pages/routes.ts'
import { evidenceRoutes } from '../evidence/pages/routes.ts'
import { identityRoutes } from '../identity/pages/routes.ts'
import type { AnyRoute } from '../identity/route.ts'
import { insightRoutes } from '../insight/pages/routes.ts'
import { ordersRoutes } from '../orders/pages/routes.ts'
import { plansRoutes } from '../plans/pages/routes.ts'
import { portalRoutes } from '../portal/pages/routes.ts'

/** Every page there is, with who may see it. A test walks this table as nobody, and as each role. */
export const routes: readonly AnyRoute[] = [
  ...identityRoutes,
  ...casesRoutes,
  ...contactRoutes,
  ...accessMapRoutes,
  ...appointmentRoutes,
  ...evidenceRoutes,
  ...chronologyRoutes,
  ...plansRoutes,
  ...ordersRoutes,
  ...bundleRoutes,
  ...casefileRoutes,
  ...insightRoutes,
  ...portalRoutes,
]
