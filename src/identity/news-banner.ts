import { sayMoment } from '../foundation/say-date.ts'
import { notificationBanner } from '../web/components/notification-banner.ts'
import { startForm } from '../web/form.ts'
import { type Html, html } from '../web/html.ts'
import { sayChange, sayCredentialPart } from './credential-change.ts'
import type { StaffVisit } from './route.ts'

const zone = 'Europe/London'
const mostShown = 5

/**
 * What comes first on every page of somebody whose sign-in was changed, until they say that they know: if they did not
 * do it themselves, they learn of it here.
 */
export function newsBanner(visit: StaffVisit): Html {
  const { news, waitsUntil } = visit.notices
  const [newest] = news
  if (!newest) return html``
  return notificationBanner({
    title: { text: 'Your sign-in was changed' },
    classes: 'govuk-!-margin-top-4 govuk-!-margin-bottom-4',
    html: html`<ul class="govuk-list">${news.slice(0, mostShown).map(change => {
      const part = sayCredentialPart(change)
      return html`<li>${sayMoment(change.at, zone)}: ${sayChange(change)}.${part !== '' && html` ${part}.`}</li>`
    })}${news.length > mostShown && html`<li>And ${news.length - mostShown} more before these.</li>`}</ul>${
      waitsUntil &&
      html`<p class="govuk-body">What takes two people waits for you until ${sayMoment(waitsUntil, zone)}, or until a third person confirms you.</p>`
    }<p class="govuk-body">If you did not do this, somebody else may have your sign-in: <a class="govuk-notification-banner__link" href="/account#not-me">what to do now</a>.</p>${startForm(
      { action: '/account/known', csrfToken: visit.csrfToken },
      html`<input type="hidden" name="up-to" value="${newest.changeId}"><button type="submit" class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0" data-module="govuk-button">It was me, or I know of it</button>`,
    )}`,
  })
}
