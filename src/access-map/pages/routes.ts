import type { AnyRoute, CaseRoute } from '../../identity/route.ts'
import { largestList } from '../device-check/list-lines.ts'
import { showBeforeAndAfter } from './before-and-after/page.ts'
import { markCard, showCard } from './card/page.ts'
import { askForTie, takeTie } from './channel/page.ts'
import { showChannels } from './channels/page.ts'
import { showChecks, takeCheck, takeList } from './check/page.ts'
import {
  giveList,
  showCheck,
  takeCheckCorrection,
  takeDeviceAnswers,
  takeOnMap,
} from './check-result/page.ts'
import { chooseOfPlans, showPlans } from './compare/page.ts'
import { showMapHistory } from './history/page.ts'
import { askForRanking, ruleOnTest, showLeakAnswer } from './leak-answer/page.ts'
import { correctDay, keepCarriers, showDay, takeDayAway } from './leak-day/page.ts'
import { enterDay, keepTicks, showEarlierLeaks, showLeaks } from './leaks/page.ts'
import { choosePlan, showLockOut } from './lock-out/page.ts'
import { addThings, keepWords, showAccessMap, showEarlierMap } from './map/page.ts'
import { askForMoment, takeMoment } from './moment/page.ts'
import { showPrintedMap } from './print/page.ts'
import { showPrintedSteps } from './printed-steps/page.ts'
import { askAll, takeAllAnswers } from './questions/page.ts'
import { showReach } from './reach/page.ts'
import { askAboutThing, takeThingAnswers, takeThingOff } from './thing/page.ts'
import { showWhatIf } from './what-if/page.ts'

const reading = { kind: 'case', part: 'map', mode: 'read' } as const
const work = { kind: 'case', part: 'map', mode: 'write' } as const
const check = '/cases/:case/map/things/:thing/check' as const
const routes: readonly CaseRoute[] = [
  { ...reading, method: 'GET', path: '/cases/:case/map', answer: showAccessMap },
  { ...work, method: 'POST', path: '/cases/:case/map', answer: addThings },
  { ...work, method: 'POST', path: '/cases/:case/map/words', answer: keepWords },
  { ...reading, method: 'GET', path: '/cases/:case/map/reach', answer: showReach },
  { ...reading, method: 'GET', path: '/cases/:case/map/lock-out', answer: showLockOut },
  { ...work, method: 'POST', path: '/cases/:case/map/lock-out', answer: choosePlan },
  { ...work, method: 'GET', path: '/cases/:case/map/lock-out/moment', answer: askForMoment },
  { ...work, method: 'POST', path: '/cases/:case/map/lock-out/moment', answer: takeMoment },
  { ...reading, method: 'GET', path: '/cases/:case/map/lock-out/compare', answer: showPlans },
  { ...work, method: 'POST', path: '/cases/:case/map/lock-out/compare', answer: chooseOfPlans },
  { ...reading, method: 'GET', path: '/cases/:case/map/lock-out/what-if', answer: showWhatIf },
  { ...reading, method: 'GET', path: '/cases/:case/map/lock-out/print', answer: showPrintedSteps },
  { ...reading, method: 'GET', path: '/cases/:case/map/lock-out/cards/:card', answer: showCard },
  { ...work, method: 'POST', path: '/cases/:case/map/lock-out/cards/:card', answer: markCard },
  { ...reading, method: 'GET', path: '/cases/:case/map/leaks', answer: showLeaks },
  { ...work, method: 'POST', path: '/cases/:case/map/leaks', answer: enterDay },
  { ...work, method: 'POST', path: '/cases/:case/map/leaks/ticks', answer: keepTicks },
  { ...work, method: 'GET', path: '/cases/:case/map/leaks/days/:day', answer: showDay },
  { ...work, method: 'POST', path: '/cases/:case/map/leaks/days/:day', answer: correctDay },
  { ...work, method: 'POST', path: '/cases/:case/map/leaks/days/:day/carriers', answer: keepCarriers },
  { ...work, method: 'POST', path: '/cases/:case/map/leaks/days/:day/gone', answer: takeDayAway },
  { ...reading, method: 'GET', path: '/cases/:case/map/leaks/answer', answer: showLeakAnswer },
  { ...work, method: 'POST', path: '/cases/:case/map/leaks/answer', answer: askForRanking },
  { ...work, method: 'POST', path: '/cases/:case/map/leaks/tests', answer: ruleOnTest },
  { ...reading, method: 'GET', path: '/cases/:case/map/leaks/history/:revision', answer: showEarlierLeaks },
  {
    ...reading,
    beside: ['contact'],
    method: 'GET',
    path: '/cases/:case/map/channels',
    answer: showChannels,
  },
  {
    ...work,
    method: 'GET',
    path: '/cases/:case/map/channels/:channel',
    beside: ['contact'],
    answer: askForTie,
  },
  { ...work, method: 'POST', path: '/cases/:case/map/channels/:channel', answer: takeTie },
  { ...work, method: 'GET', path: '/cases/:case/map/questions', answer: askAll },
  { ...work, method: 'POST', path: '/cases/:case/map/questions', answer: takeAllAnswers },
  { ...reading, method: 'GET', path: '/cases/:case/map/before-and-after', answer: showBeforeAndAfter },
  { ...reading, method: 'GET', path: '/cases/:case/map/print', answer: showPrintedMap },
  { ...reading, method: 'GET', path: '/cases/:case/map/history', answer: showMapHistory },
  { ...reading, method: 'GET', path: '/cases/:case/map/history/:revision', answer: showEarlierMap },
  { ...reading, method: 'GET', path: '/cases/:case/map/things/:thing', answer: askAboutThing },
  { ...work, method: 'POST', path: '/cases/:case/map/things/:thing', answer: takeThingAnswers },
  { ...work, method: 'POST', path: '/cases/:case/map/things/:thing/gone', answer: takeThingOff },
  { ...reading, method: 'GET', path: check, answer: showChecks },
  { ...work, method: 'POST', path: check, answer: takeCheck },
  {
    ...work,
    method: 'POST',
    path: `${check}/list`,
    // Room for a list too large to be read, so that its sender is told so.
    upload: { maxBytes: 8 * largestList, fieldBytes: 2 * largestList },
    answer: takeList,
  },
  { ...reading, method: 'GET', path: `${check}/:check`, answer: showCheck },
  { ...work, method: 'POST', path: `${check}/:check`, answer: takeCheckCorrection },
  { ...work, method: 'POST', path: `${check}/:check/devices`, answer: takeDeviceAnswers },
  { ...work, method: 'POST', path: `${check}/:check/map`, answer: takeOnMap },
  { ...reading, method: 'GET', path: `${check}/:check/list`, answer: giveList },
]

/** The pages of the access map, with who may see them. */
export const accessMapRoutes: readonly AnyRoute[] = routes
