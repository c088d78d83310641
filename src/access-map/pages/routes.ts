import type { AnyRoute, CaseRoute } from '../../identity/route.ts'
import { markCard, showCard } from './card/page.ts'
import { showMapHistory } from './history/page.ts'
import { addThings, keepWords, showAccessMap, showEarlierMap } from './map/page.ts'
import { askForMoment, takeMoment } from './moment/page.ts'
import { choosePlan, showLockOut } from './plan/page.ts'
import { showReach } from './reach/page.ts'
import { askAboutThing, takeAnswers, takeThingOff } from './thing/page.ts'

const look = { kind: 'case', part: 'map', mode: 'read' } as const
const work = { kind: 'case', part: 'map', mode: 'write' } as const
const routes: readonly CaseRoute[] = [
  { ...look, method: 'GET', path: '/cases/:case/map', answer: showAccessMap },
  { ...work, method: 'POST', path: '/cases/:case/map', answer: addThings },
  { ...work, method: 'POST', path: '/cases/:case/map/words', answer: keepWords },
  { ...look, method: 'GET', path: '/cases/:case/map/reach', answer: showReach },
  { ...look, method: 'GET', path: '/cases/:case/map/lock-out', answer: showLockOut },
  { ...work, method: 'POST', path: '/cases/:case/map/lock-out', answer: choosePlan },
  { ...work, method: 'GET', path: '/cases/:case/map/lock-out/moment', answer: askForMoment },
  { ...work, method: 'POST', path: '/cases/:case/map/lock-out/moment', answer: takeMoment },
  { ...look, method: 'GET', path: '/cases/:case/map/lock-out/cards/:card', answer: showCard },
  { ...work, method: 'POST', path: '/cases/:case/map/lock-out/cards/:card', answer: markCard },
  { ...look, method: 'GET', path: '/cases/:case/map/history', answer: showMapHistory },
  { ...look, method: 'GET', path: '/cases/:case/map/history/:revision', answer: showEarlierMap },
  { ...look, method: 'GET', path: '/cases/:case/map/things/:thing', answer: askAboutThing },
  { ...work, method: 'POST', path: '/cases/:case/map/things/:thing', answer: takeAnswers },
  { ...work, method: 'POST', path: '/cases/:case/map/things/:thing/gone', answer: takeThingOff },
]

/** The pages of the access map, with who may see them. */
export const accessMapRoutes: readonly AnyRoute[] = routes
