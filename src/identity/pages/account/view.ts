import { sayMoment } from '../../../foundation/say-date.ts'
import { button } from '../../../web/components/button.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { table } from '../../../web/components/table.ts'
import { startForm } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import type { DeviceKind } from '../../device.ts'
import type { StaffVisit } from '../../route.ts'
import type { OwnSession } from '../../session.ts'
import { staffPage } from '../../staff-page.ts'

const zone = 'Europe/London'
const devices: Readonly<Record<DeviceKind, string>> = {
  phone: 'A phone',
  tablet: 'A tablet',
  computer: 'A computer',
  unknown: 'Not known',
}

/** Somebody's own sign-in: where they are signed in, and what they sign in with. */
export function accountView(visit: StaffVisit, sessions: readonly OwnSession[]): Html {
  const { csrfToken, notices } = visit
  const others = sessions.filter(each => each.sessionId !== notices.sessionId)
  return staffPage(visit, {
    title: 'Your sign-in',
    body: html`<h1 class="govuk-heading-l">Your sign-in</h1><h2 class="govuk-heading-m">Where you are signed in</h2>
<p class="govuk-body">The kind of machine and the beginning of its address are all that is kept of where you sit. Each ends after half an hour without use.</p>${scrollingRegion(
      {
        label: 'Where you are signed in',
        html: table({
          caption: 'Where you are signed in',
          captionClasses: 'govuk-visually-hidden',
          head: ['Machine', 'Network', 'Since', 'Last used', 'End'].map(text => ({ text })),
          firstCellIsHeader: true,
          rows: sessions.map(session => [
            { text: devices[session.device] },
            { text: session.network === '' ? 'Not known' : session.network },
            { text: sayMoment(session.startedAt, zone) },
            { text: sayMoment(session.lastSeenAt, zone) },
            {
              html:
                session.sessionId === notices.sessionId
                  ? html`You are here`
                  : startForm(
                      { action: `/account/sessions/${session.sessionId}/end`, csrfToken },
                      html`<button type="submit" class="link-button">End it<span class="govuk-visually-hidden">: ${devices[session.device]}, since ${sayMoment(session.startedAt, zone)}</span></button>`,
                    ),
            },
          ]),
        }),
      },
    )}${
      others.length > 0 &&
      startForm(
        { action: '/account/sessions/end-others', csrfToken },
        button({ text: 'End all but this one', classes: 'govuk-button--secondary' }),
      )
    }<h2 class="govuk-heading-m">What you sign in with</h2><ul class="govuk-list"><li><a class="govuk-link" href="/account/password">Change your password</a></li><li><a class="govuk-link" href="/account/code-app">Change your code app</a></li><li><a class="govuk-link" href="/account/second-secret">Make a new second secret</a></li></ul>
<h2 class="govuk-heading-m">Colleagues</h2><p class="govuk-body"><a class="govuk-link" href="/account/colleagues">Colleagues who join again</a>: give your word for somebody who is with you and has lost their second secret.</p>
<h2 class="govuk-heading-m" id="not-me">If you did not change it yourself</h2><p class="govuk-body">End all sessions but this one, change your password, and tell a coordinator and an administrator at once, by telephone or in person. An administrator can stop your sign-in in a moment, and What was done shows what happened in your name.</p>`,
  })
}
