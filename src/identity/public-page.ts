import type { Html } from '../web/html.ts'
import { layoutPage } from '../web/layout.ts'
import { isNeutralTitle, plainTitle } from './neutral-title.ts'

export type PublicPage = {
  /** Shown in the tab and in the history: a title that gives something away is not shown at all (S2). */
  readonly title: string
  readonly body: Html
  readonly back?: { readonly href: string; readonly text?: string }
}

/** The frame of a page that anybody may open: no name of a service, nothing to sign in to, a link to leave at once. */
export function publicPage(page: PublicPage): Html {
  return layoutPage({
    kind: 'public',
    title: withoutTelling(page.title),
    body: page.body,
    back: page.back,
    leaveHref: '/leave',
  })
}

function withoutTelling(title: string): string {
  if (isNeutralTitle(title)) return title
  return title.startsWith('Error: ') ? `Error: ${plainTitle}` : plainTitle
}
