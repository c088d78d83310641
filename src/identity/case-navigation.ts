import type { CaseMode, CasePart } from '../foundation/case-part.ts'
import { subNavigation } from '../web/components/sub-navigation.ts'
import type { Html } from '../web/html.ts'
import type { CaseVisit } from './route.ts'

/** Where somebody is in a case: one of its parts, or what stands beside one: incidents, her phrase. */
export type CasePlace = CasePart | 'incidents' | 'phrase'

const places: readonly {
  readonly place: CasePlace
  readonly part: CasePart
  readonly text: string
  readonly path: string
  /** What its page needs, where looking is not enough. */
  readonly mode?: 'write'
}[] = [
  { place: 'overview', part: 'overview', text: 'Overview', path: '' },
  { place: 'referral', part: 'referral', text: 'First account', path: '/first-account' },
  { place: 'triage', part: 'triage', text: 'Type and urgency', path: '/triage' },
  { place: 'contact', part: 'contact', text: 'Safe contact', path: '/contact' },
  { place: 'phrase', part: 'contact', text: 'Case phrase', path: '/phrase', mode: 'write' },
  { place: 'map', part: 'map', text: 'Access map', path: '/map' },
  { place: 'appointment', part: 'appointment', text: 'Appointments', path: '/appointments' },
  { place: 'evidence', part: 'evidence', text: 'Evidence', path: '/evidence' },
  { place: 'chronology', part: 'chronology', text: 'Chronology', path: '/chronology' },
  { place: 'incidents', part: 'chronology', text: 'Incidents', path: '/incidents' },
  { place: 'diary', part: 'diary', text: 'Diary', path: '/diary' },
  { place: 'plan', part: 'plan', text: 'Safety plan', path: '/plan' },
  { place: 'order', part: 'order', text: 'Orders', path: '/orders' },
  { place: 'bundle', part: 'bundle', text: 'Bundles', path: '/bundles' },
  { place: 'consent', part: 'consent', text: 'Consents', path: '/consents' },
  { place: 'trail', part: 'trail', text: 'Who looked', path: '/trail' },
]

/** The pages that show what is in a part of a case: below the address of the case, with what each needs. */
export function pagesOfPart(part: CasePart): readonly { readonly path: string; readonly mode: CaseMode }[] {
  return places.filter(each => each.part === part).map(({ path, mode }) => ({ path, mode: mode ?? 'read' }))
}

/**
 * The way around one case. Offers only what this person may open now, by role, consent and bar (S5): what is offered
 * opens.
 */
export function caseNavigation(visit: Pick<CaseVisit, 'caseId' | 'sees'>, current: CasePlace): Html {
  return subNavigation({
    label: 'Parts of this case',
    items: places
      .filter(({ part, mode }) => visit.sees(part, mode ?? 'read'))
      .map(({ place, text, path }) => ({
        text,
        href: `/cases/${visit.caseId}${path}`,
        active: place === current,
      })),
  })
}
