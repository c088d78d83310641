import type { VerbOfCase, VerbOfClinic } from '../audit/verb.ts'
import type { AnyRoute } from '../identity/route.ts'

/**
 * What each form of the program is: weighty, so that a page which says what follows stands before it and is read, or
 * light, with the reason why none does. A test holds this table equal to the routes: nobody adds a form without deciding.
 */
export type Weight =
  | {
      readonly path: string
      readonly weight: 'weighty'
      /** What is recorded when it is done. */
      readonly verb: VerbOfCase | VerbOfClinic
      /** What takes it back; null where nothing can, and the page says so. */
      readonly undo: string | null
    }
  | { readonly path: string; readonly weight: 'light'; readonly because: string }

const weighty = (path: string, verb: VerbOfCase | VerbOfClinic, undo: string | null): Weight => ({
  path,
  weight: 'weighty',
  verb,
  undo,
})
const light = (because: string, ...paths: readonly string[]): readonly Weight[] =>
  paths.map(path => ({ path, weight: 'light', because }))

const thing = '/cases/:case/map/things/:thing'
const visit = '/cases/:case/appointments/:appointment'

/** Acts that lose sight, end a consent, a stay, a case or a task, stop a person, take out a day, or let somebody in. */
const weightyActs: readonly Weight[] = [
  // Who works here.
  weighty('/admin/people/:person/suspend', 'person-suspended', '/admin/people/:person/let-in'),
  weighty('/admin/people/:person/let-in', 'return-asked-for', '/admin/people/requests/:request/withdraw'),
  weighty('/admin/people/:person/link', 'new-link-asked-for', '/admin/people/requests/:request/withdraw'),
  weighty('/admin/links/:request', 'person-let-in-again', '/admin/people/:person/suspend'),
  // What the program could not do.
  weighty('/admin/queue/:job/cancel', 'job-cancelled', null),
  weighty('/account/colleagues/:person/confirm', 'colleague-vouched-for', '/admin/people/:person/suspend'),
  weighty('/admin/sign-ins/:change/confirm', 'third-person-confirmed', '/admin/people/:person/suspend'),
  // Who sees a case, and whether it is there.
  weighty('/triage/:case/lift-bar', 'bar-lifted', '/cases/:case/bars'),
  weighty('/triage/:case/not-ours', 'referral-not-ours', null),
  weighty('/triage/pile/clear', 'pile-cleared', '/triage/pile/:clearing/back'),
  weighty('/triage/:case/open', 'consent-given', '/cases/:case/consents/withdraw'),
  weighty('/cases/:case/close', 'case-closed', '/cases/:case/close'),
  weighty('/cases/:case/consents', 'consent-given', '/cases/:case/consents/withdraw'),
  weighty('/cases/:case/consents/withdraw', 'consent-withdrawn', '/cases/:case/consents'),
  weighty('/cases/:case/without-consent/decide', 'exception-approved', '/cases/:case/consents/withdraw'),
  weighty('/cases/:case/bars', 'person-barred', '/cases/:case/bars/lift'),
  weighty('/cases/:case/bars/lift', 'bar-lifted', '/cases/:case/bars'),
  // How the client is reached, and what is to be done for them.
  weighty(
    '/cases/:case/contact/channels/:channel/gone',
    'contact-plan-changed',
    '/cases/:case/contact/channels/:channel',
  ),
  weighty('/cases/:case/tasks/:task', 'task-done', '/cases/:case/tasks/:task'),
  weighty('/cases/:case/phrase', 'phrase-made', null),
  // What the map and the leak finder calculate with.
  weighty(`${thing}/gone`, 'map-changed', `${thing}/gone`),
  weighty('/cases/:case/map/leaks/days/:day/gone', 'leaks-changed', '/cases/:case/map/leaks/days/:day/gone'),
  // Appointments and calendars.
  weighty(`${visit}/cancel`, 'appointment-cancelled', null),
  // Only a step that ends the search for somebody; a try is not weighty.
  weighty(`${visit}/follow-up`, 'follow-up-ended', null),
  weighty(`${visit}/attendance`, 'attendance-recorded', `${visit}/attendance`),
  ...['/my-calendar', '/calendars/:person'].flatMap(calendar => [
    weighty(`${calendar}/end`, 'working-hours-ended', `${calendar}/hours`),
    weighty(`${calendar}/leave`, 'leave-added', `${calendar}/remove`),
    weighty(`${calendar}/remove`, 'hours-removed', `${calendar}/hours`),
  ]),
  // The plan and the orders.
  weighty('/cases/:case/plan/close', 'plan-closed', '/cases/:case/plan/reopen'),
  weighty('/cases/:case/orders/:order/terms/:term/end', 'term-ended', '/cases/:case/orders/:order/terms'),
  weighty('/cases/:case/orders/:order/event', 'order-discharged', null),
]

const lightActs: readonly Weight[] = [
  ...light(
    'Somebody who signs in or out does it to nobody but themselves.',
    '/sign-in',
    '/sign-out',
    '/my/words',
  ),
  ...light('Leaving must be one key press: nothing may stand before it (S3).', '/leave', '/my/out'),
  ...light(
    'Somebody’s own sign-in: password and code are asked for on the very form.',
    '/account/password',
    '/account/code-app',
    '/account/second-secret',
  ),
  ...light(
    'Ends what is somebody’s own, which protects them; they sign in again.',
    '/account/sessions/:session/end',
    '/account/sessions/end-others',
  ),
  ...light('Says that somebody read what they were told. The change stays on record.', '/account/known'),
  ...light('Uses a link up that its holder was given to use.', '/join/:token', '/demo-sign-in/:token'),
  ...light('Lets nobody in: it asks for what another person approves.', '/admin/people'),
  ...light(
    'Takes back what was only asked for. Nothing was done yet, and it can be asked again.',
    '/admin/people/requests/:request/withdraw',
    '/cases/:case/without-consent/take-back',
  ),
  ...light('Starts work again that stood still.', '/admin/queue/:job/retry'),
  ...light('Puts forms where they can be looked at.', '/triage/pile/move', '/triage/pile/:clearing/back'),
  ...light('Takes something in, and loses nothing.', '/refer/form', '/calls/new', '/cases/:case/evidence'),
  ...light('Judges a referral; judged again at any time, and what was judged before stays.', '/triage/:case'),
  ...light(
    'A deliberate look at one sealed field, recorded as such (S6).',
    '/triage/:case/contact',
    '/cases/:case/contact/said',
    '/cases/:case/contact/reveal',
    '/cases/:case/contact/plan/open',
    `${visit}/place`,
    '/cases/:case/evidence/:item/position',
  ),
  ...light(
    'Asks for what another person decides.',
    '/cases/:case/without-consent/ask',
    '/cases/:case/bundles',
    '/cases/:case/orders/request',
  ),
  ...light(
    'Its own page says what would leave, item by item, and it takes a second person who did not ask.',
    '/cases/:case/bundles/:bundle/decide',
  ),
  ...light(
    'A revision with its reason: the one before stays, and another puts it right.',
    '/cases/:case/contact/verdict',
    '/cases/:case/contact/channels/:channel/word',
    '/cases/:case/triage/revise',
    '/cases/:case/incidents/conduct',
    '/cases/:case/contact/plan',
    '/cases/:case/contact/channels/:channel',
    '/cases/:case/map',
    '/cases/:case/map/words',
    '/cases/:case/map/lock-out',
    '/cases/:case/map/lock-out/moment',
    '/cases/:case/map/lock-out/compare',
    '/cases/:case/map/lock-out/cards/:card',
    '/cases/:case/map/leaks',
    '/cases/:case/map/leaks/ticks',
    '/cases/:case/map/leaks/days/:day',
    '/cases/:case/map/leaks/days/:day/carriers',
    '/cases/:case/map/leaks/answer',
    '/cases/:case/map/leaks/tests',
    '/cases/:case/map/leaks/chronology',
    '/cases/:case/map/channels/:channel',
    '/cases/:case/map/questions',
    thing,
    `${thing}/check`,
    `${thing}/check/list`,
    `${thing}/check/:check`,
    `${thing}/check/:check/devices`,
    `${thing}/check/:check/map`,
    '/cases/:case/evidence/:item/answers',
    '/cases/:case/evidence/:item/transcript',
    '/cases/:case/incidents/new',
    '/cases/:case/incidents/:incident/revise',
    '/cases/:case/plan',
    '/cases/:case/plan/changed',
    '/cases/:case/plan/actions',
    '/cases/:case/plan/actions/:action',
    '/cases/:case/plan/actions/:action/step',
    '/cases/:case/plan/cards',
    '/cases/:case/plan/review',
    '/cases/:case/orders/new',
    '/cases/:case/orders/:order/correct',
    '/cases/:case/orders/:order/terms',
    '/cases/:case/orders/:order/breaches/:incident',
  ),
  ...light(
    'Makes a channel silent, which is never the worse case; what they say can be written down again.',
    '/cases/:case/contact/channels/:channel/word/taken-back',
  ),
  ...light(
    'Says that an entry was checked, and how; the next check stands in its place.',
    '/services/:place',
  ),
  ...light(
    'Its own page says what follows, and everything on it is put back there; the original stays.',
    '/cases/:case/evidence/:item/reading',
  ),
  ...light('Opens again what was closed, with everything in it.', '/cases/:case/plan/reopen'),
  ...light(
    'Only shows: times, or lines that were found.',
    '/cases/:case/appointments/check',
    '/cases/:case/chronology',
  ),
  ...light(
    'Adds something that can be taken out again, by a page of its own.',
    '/cases/:case/appointments',
    '/my-calendar/hours',
    '/calendars/:person/hours',
  ),
  ...light('Moved back by the same form; its page says who must be told.', `${visit}/move`),
  ...light('Asks the contact gate, which decides by itself (S1).', `${visit}/reminder`),
  ...light('Notes are written over by nobody.', `${visit}/notes`),
  ...light(
    'Derived again from an original that is not touched.',
    '/cases/:case/evidence/:item/read-again',
    '/cases/:case/evidence/:item/picture',
  ),
  ...light(
    'The client’s own words; a correction stands beside them.',
    '/my/notes/new',
    '/my/notes/:note/correct',
  ),
  ...light(
    'Says that the use of the second phrase was looked into. The use stays on record.',
    '/cases/:case/phrase/second',
  ),
]

/** Every form of the program, with its weight. */
export const weightOfActs: readonly Weight[] = [...weightyActs, ...lightActs]

/** The forms of the program as the routes have them. */
export function findForms(routes: readonly AnyRoute[]): readonly string[] {
  return routes.filter(route => route.method === 'POST').map(route => route.path)
}
