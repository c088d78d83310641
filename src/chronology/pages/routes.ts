import type { AnyRoute, CaseRoute } from '../../identity/route.ts'
import { searchChronology, showChronology } from './chronology/page.ts'
import { askForConduct, takeConduct } from './conduct/page.ts'
import { showIncidentDiary } from './diary/page.ts'
import { showIncident } from './incident/page.ts'
import { showIncidents } from './incidents/page.ts'
import { askForIncident, takeIncident } from './new-incident/page.ts'
import { showRecord } from './record/page.ts'
import { askForIncidentRevision, takeIncidentRevision } from './revise-incident/page.ts'

const look = { kind: 'case', part: 'chronology', mode: 'read' } as const
const work = { kind: 'case', part: 'chronology', mode: 'write' } as const
const routes: readonly CaseRoute[] = [
  { ...look, method: 'GET', path: '/cases/:case/chronology', answer: showChronology },
  {
    ...look,
    method: 'POST',
    path: '/cases/:case/chronology',
    readsAtEntry: true,
    answer: searchChronology,
  },
  { ...look, method: 'GET', path: '/cases/:case/records/:record', answer: showRecord },
  {
    kind: 'case',
    part: 'diary',
    mode: 'read',
    method: 'GET',
    path: '/cases/:case/diary',
    answer: showIncidentDiary,
  },
  { ...look, method: 'GET', path: '/cases/:case/incidents', answer: showIncidents },
  { ...work, method: 'GET', path: '/cases/:case/incidents/new', answer: askForIncident },
  { ...work, method: 'POST', path: '/cases/:case/incidents/new', answer: takeIncident },
  { ...work, method: 'GET', path: '/cases/:case/incidents/conduct', answer: askForConduct },
  { ...work, method: 'POST', path: '/cases/:case/incidents/conduct', answer: takeConduct },
  { ...look, method: 'GET', path: '/cases/:case/incidents/:incident', answer: showIncident },
  { ...work, method: 'GET', path: '/cases/:case/incidents/:incident/revise', answer: askForIncidentRevision },
  { ...work, method: 'POST', path: '/cases/:case/incidents/:incident/revise', answer: takeIncidentRevision },
]

/** The pages of the chronology, with who may see them. */
export const chronologyRoutes: readonly AnyRoute[] = routes
