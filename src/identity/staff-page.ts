import { type Html, html } from '../web/html.ts'
import { layoutPage } from '../web/layout.ts'
import { findNavigation } from './navigation.ts'
import { newsBanner } from './news-banner.ts'
import { roleName } from './role.ts'
import type { StaffVisit } from './route.ts'
import { alarmView } from './second-phrase.ts'

export type StaffPage = {
  readonly title: string
  readonly body: Html
  readonly back?: { readonly href: string; readonly text?: string }
  /** Uses a wide screen whole, for tables and pictures. */
  readonly wide?: boolean
}

/** What comes first on any page of staff, also on one without a frame; nothing for those who may not act. */
export function staffAlarms({ alarms, clinic }: Pick<StaffVisit, 'alarms' | 'clinic'>): Html | undefined {
  return alarms.length === 0 ? undefined : html`${alarmView(alarms, clinic.clock.now())}`
}

/** The frame of a page for signed-in people: their navigation, who they are signed in as, and the link to sign out. */
export function staffPage(visit: StaffVisit, page: StaffPage): Html {
  const { staff, path } = visit
  return layoutPage({
    kind: 'staff',
    title: page.title,
    first: staffAlarms(visit),
    body: page.body,
    beforeContent: newsBanner(visit),
    back: page.back,
    wide: page.wide,
    serviceName: 'Unwatched',
    homeHref: '/staff',
    navigation: findNavigation(staff.role).map(({ text, href }) => ({
      text,
      href,
      current: path === href,
      active: path.startsWith(`${href}/`),
    })),
    signedInAs: `${staff.name}, ${roleName(staff.role)}`,
    accountHref: '/account',
    signOut: { action: '/sign-out', csrfToken: visit.csrfToken },
  })
}
