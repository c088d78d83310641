/**
 * How a page shows many lines. `paged`: a page at a time from the database, and how many there are. `whole`: in pages too, of
 * lines that are all read, for the reason that is given. `short`: all at once, because there are few by nature.
 */
export type ShownAs = { readonly is: 'paged' } | { readonly is: 'whole' | 'short'; readonly because: string }

const paged = { is: 'paged' } as const
const whole = (because: string) => ({ is: 'whole', because }) as const
const short = (because: string) => ({ is: 'short', because }) as const

/** Every page that shows lines, by its address. A test holds it to the pages there are. */
export const lists: Readonly<Record<string, ShownAs>> = {
  '/cases': paged,
  '/triage': paged,
  '/reviews': paged,
  '/tasks': paged,
  // Who did not come; the appointments beside it are those of six weeks.
  '/appointments': paged,
  '/admin/people': paged,
  '/admin/queue': paged,
  '/admin/acts': paged,
  '/my/notes': paged,
  '/my/looks': paged,
  '/cases/:case/diary': paged,
  '/cases/:case/trail': paged,
  '/cases/:case/bundles': paged,
  '/cases/:case/map/history': paged,
  '/cases/:case/plan/history': paged,
  '/cases/:case/incidents': paged,
  '/cases/:case/incidents/conduct': paged,
  // The check of the whole log, which is asked for, reads it through a stretch at a time.
  '/cases/:case/evidence/custody': paged,
  // In parts of the readings that are gone through: how one that is done stands lies sealed.
  '/cases/:case/evidence': paged,
  // In parts of the incidents that are gone through: which are listed beside the order follows from the order.
  '/cases/:case/orders/:order/breaches': paged,

  '/triage/pile': whole('the pile has a bound, and whom a form comes before is counted over all of it'),
  '/cases/:case/map/leaks': whole('the days of the leak finder lie sealed in one document'),
  '/cases/:case/map/leaks/history/:revision': whole('as the leak finder is'),
  '/cases/:case/chronology': whole('the timeline has an index and pages of its own'),
  '/cases/:case/map/leaks/chronology': whole('the days of the leak finder lie sealed in one document'),

  '/calendars': short('the colleagues who take appointments'),
  '/calendars/:person': short('one person’s hours and leave to come'),
  '/my-calendar': short('one’s own hours and leave to come'),
  '/account': short('one’s own sessions, at most 100'),
  '/account/colleagues': short('colleagues whose link waits for a word'),
  '/admin/links': short('requests for links, at most 200'),
  '/admin/links/:request': short('one request'),
  '/admin/sign-ins': short('changes of a sign-in, a page at a time by their number'),
  '/figures': short('months and counts'),
  '/services': short('the entries of the clinic’s profile'),
  '/cases/:case': short('the newest few of each part'),
  '/cases/:case/appointments': short('the appointments of one case'),
  '/cases/:case/bars': short('the colleagues who were ever barred from one case'),
  '/cases/:case/consents': short('the consents of one case'),
  '/cases/:case/contact': short('the channels and tasks of one case, at most 200'),
  '/cases/:case/evidence/:item/picture': short('what one picture says, at most 60 lines'),
  '/cases/:case/evidence/:item/picture/small': short('one picture'),
  '/cases/:case/evidence/:item/picture/whole': short('one picture'),
  '/cases/:case/evidence/:item/transcript': short('what one picture says, at most 60 lines'),
  '/cases/:case/evidence/:item': short('one item'),
  '/cases/:case/evidence/:item/original': short('one item'),
  '/cases/:case/incidents/:incident': short('one incident'),
  '/cases/:case/map': short('the things on one map, which has a bound'),
  '/cases/:case/map/history/:revision': short('the things on one map, which has a bound'),
  '/cases/:case/map/print': short('the things on one map, which has a bound'),
  '/cases/:case/map/lock-out/compare': short('the plans of one map'),
  '/cases/:case/map/lock-out/print': short('the steps of one plan, which has a bound'),
  '/cases/:case/map/lock-out/what-if': short('the plans of one map'),
  '/cases/:case/map/leaks/answer': short('the sources of one map'),
  '/cases/:case/orders': short('the orders of one case'),
  '/cases/:case/orders/:order': short('one order'),
  '/cases/:case/orders/:order/request': short('one order'),
  '/cases/:case/orders/request': short('what one request says'),
  '/cases/:case/plan': short('the actions of one plan'),
  '/cases/:case/plan/actions/:action': short('one action'),
  '/cases/:case/plan/history/:revision': short('the actions of one plan'),
  '/cases/:case/plan/print': short('the actions of one plan'),
}
