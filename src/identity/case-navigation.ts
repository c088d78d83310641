import type { CaseMode, CasePart } from '../foundation/case-part.ts'
import { groupedNavigation } from '../web/components/grouped-navigation.ts'
import type { Html } from '../web/html.ts'
import type { CaseVisit } from './route.ts'

/** Where somebody is in a case: one of its parts, or what is beside one: incidents, the client’s phrase. */
export type CasePlace = CasePart | 'incidents' | 'phrase'

type Place = {
  readonly place: CasePlace
  readonly part: CasePart
  readonly text: string
  readonly path: string
  /** What its page needs, where reading is not enough. */
  readonly mode?: 'write'
}

/** The places of a case, grouped by what people do there. */
const groups: readonly { readonly title: string; readonly places: readonly Place[] }[] = [
  {
    title: 'The client',
    places: [
      { place: 'overview', part: 'overview', text: 'Overview', path: '' },
      { place: 'contact', part: 'contact', text: 'Safe contact', path: '/contact' },
      { place: 'phrase', part: 'contact', text: 'Case phrase', path: '/phrase', mode: 'write' },
      { place: 'appointment', part: 'appointment', text: 'Appointments', path: '/appointments' },
    ],
  },
  {
    title: 'What happened',
    places: [
      { place: 'referral', part: 'referral', text: 'First account', path: '/first-account' },
      { place: 'evidence', part: 'evidence', text: 'Evidence', path: '/evidence' },
      { place: 'chronology', part: 'chronology', text: 'Chronology', path: '/chronology' },
      { place: 'incidents', part: 'chronology', text: 'Incidents', path: '/incidents' },
      { place: 'diary', part: 'diary', text: 'Diary', path: '/diary' },
    ],
  },
  {
    title: 'What we do',
    places: [
      { place: 'triage', part: 'triage', text: 'Type and urgency', path: '/triage' },
      { place: 'map', part: 'map', text: 'Access map', path: '/map' },
      { place: 'plan', part: 'plan', text: 'Safety plan', path: '/plan' },
      { place: 'order', part: 'order', text: 'Orders', path: '/orders' },
      { place: 'bundle', part: 'bundle', text: 'Bundles', path: '/bundles' },
    ],
  },
  {
    title: 'Who may see',
    places: [
      { place: 'consent', part: 'consent', text: 'Consents', path: '/consents' },
      { place: 'trail', part: 'trail', text: 'Who looked', path: '/trail' },
    ],
  },
]

const places = groups.flatMap(group => group.places)

/** The pages that show what is in a part of a case: below the address of the case, with what each needs. */
export function pagesOfPart(part: CasePart): readonly { readonly path: string; readonly mode: CaseMode }[] {
  return places.filter(each => each.part === part).map(({ path, mode }) => ({ path, mode: mode ?? 'read' }))
}

/**
 * The navigation in one case. It offers only what this person may open now, by role, consent and bar (S5): what is
 * offered opens.
 */
export function caseNavigation(visit: Pick<CaseVisit, 'caseId' | 'path' | 'sees'>, current: CasePlace): Html {
  const here = places.find(({ place }) => place === current)
  return groupedNavigation({
    label: 'Parts of this case',
    summary: here ? `Case menu: ${here.text}` : 'Case menu',
    groups: groups.map(group => ({
      title: group.title,
      items: group.places
        .filter(({ part, mode }) => visit.sees(part, mode ?? 'read'))
        .map(({ place, text, path }) => {
          const href = `/cases/${visit.caseId}${path}`
          return { text, href, current: visit.path === href, active: place === current }
        }),
    })),
  })
}
