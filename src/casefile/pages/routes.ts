import type { AnyRoute } from '../../identity/route.ts'
import { offerIncidents, takeOverIncidents } from './leak-days/page.ts'
import { showOverview } from './overview/page.ts'
import { showTrail } from './trail/page.ts'

// The leak finder belongs to the map; what the chronology knows of it is offered here, because the map lies below it.
const days = { kind: 'case', part: 'map', mode: 'write' } as const

/** The pages that show a whole case, with who may see them. */
export const casefileRoutes: readonly AnyRoute[] = [
  {
    kind: 'case',
    part: 'overview',
    mode: 'read',
    beside: [
      'referral',
      'consent',
      'evidence',
      'chronology',
      'contact',
      'bundle',
      'appointment',
      'plan',
      'order',
      'map',
    ],
    method: 'GET',
    path: '/cases/:case',
    answer: showOverview,
  },
  {
    ...days,
    beside: ['chronology'],
    method: 'GET',
    path: '/cases/:case/map/leaks/chronology',
    answer: offerIncidents,
  },
  { ...days, method: 'POST', path: '/cases/:case/map/leaks/chronology', answer: takeOverIncidents },
  { kind: 'case', part: 'trail', mode: 'read', method: 'GET', path: '/cases/:case/trail', answer: showTrail },
]
