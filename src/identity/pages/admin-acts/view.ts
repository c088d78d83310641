import type { ActOfClinic } from '../../../audit/act.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { listTotal } from '../../../web/components/list-pages.ts'
import { listTable } from '../../../web/components/list-table.ts'
import { tag } from '../../../web/components/tag.ts'
import { type Html, html } from '../../../web/html.ts'
import type { StaffVisit } from '../../route.ts'
import { sayActOfClinic } from '../../say-act-of-clinic.ts'
import { staffPage } from '../../staff-page.ts'

export type ActsView = {
  readonly acts: readonly ActOfClinic[]
  readonly older: number | null
  readonly withSignIns: boolean
  readonly counted: number
}

const title = 'What was done'

/** What was done about the clinic itself: by whom, about whom, and what at the machine. */
export function actsView(visit: StaffVisit, { acts, older, withSignIns, counted }: ActsView): Html {
  const address = (before: number | null, signIns: boolean): string => {
    const asked = [...(before === null ? [] : [`before=${before}`]), ...(signIns ? ['sign-ins=yes'] : [])]
    return asked.length === 0 ? '/admin/acts' : `/admin/acts?${asked.join('&')}`
  }
  return staffPage(visit, {
    title,
    wide: true,
    body: html`<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">Who was invited, approved and stopped, which work was started again, and what was done at the machine, the newest first. Nobody can change or remove a line. Administrators and coordinators see the same. Nothing here tells of a case.</p>
<p class="govuk-body"><a class="govuk-link" href="${address(null, !withSignIns)}">${
      withSignIns ? 'Leave signing in out' : 'Show signing in too'
    }</a></p>${listTotal(counted, 'act', 'acts')}${listTable({
      caption: `${title}, the newest first`,
      head: ['When', 'Who', 'What', 'About'],
      rows: acts.map(act => {
        const said = sayActOfClinic(act)
        return [
          { text: sayMoment(act.at, 'Europe/London') },
          { text: said.who },
          {
            html: html`${said.did}${said.isAtMachine && html` ${tag({ text: 'At the machine', classes: 'govuk-tag--orange' })}`}${act.setUpAgainAt && html` ${tag({ text: `Set up again on ${sayMoment(act.setUpAgainAt, 'Europe/London')}`, classes: 'govuk-tag--orange' })}`}`,
          },
          { text: said.about },
        ]
      }),
    })}${
      older !== null &&
      html`<p class="govuk-body"><a class="govuk-link" href="${address(older, withSignIns)}">Older</a></p>`
    }`,
  })
}
