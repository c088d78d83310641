import { sayMoment } from '../../../foundation/say-date.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { table } from '../../../web/components/table.ts'
import { tag } from '../../../web/components/tag.ts'
import { startForm } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import { type CredentialChange, sayChange, sayCredentialPart } from '../../credential-change.ts'
import { decideThird, type RefusedThird } from '../../fresh-credential.ts'
import type { ChangesPage } from '../../operations/credential-changes.ts'
import type { StaffVisit } from '../../route.ts'
import { staffPage } from '../../staff-page.ts'

const zone = 'Europe/London'
const title = 'Sign-ins'
const why: Readonly<Record<RefusedThird, string>> = {
  over: '',
  'had-a-part': 'You had a part in it, so somebody else confirms it',
  'waits-too': 'Your own sign-in was set up again, so somebody else confirms it',
}

/** Who joined, or was set up again, by a link: the same for administrators and coordinators. */
export function signInsView(visit: StaffVisit, { changes, older }: ChangesPage): Html {
  return staffPage(visit, {
    title,
    wide: true,
    body: html`<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">Whose sign-in was set up by a link, the newest first. If somebody of these did not do it, or you cannot reach them, have an administrator stop them at once. For a day after it was set up again, what takes two people waits, unless a third person who had no part in it confirms that it is them.</p>${
      changes.length === 0
        ? html`<p class="govuk-body">Nobody yet.</p>`
        : scrollingRegion({
            label: title,
            html: table({
              caption: title,
              captionClasses: 'govuk-visually-hidden',
              head: ['Name', 'When', 'What', 'By whom', 'They know', 'Waits'].map(text => ({ text })),
              firstCellIsHeader: true,
              rows: changes.map(change => [
                { text: change.personName },
                { text: sayMoment(change.at, zone) },
                {
                  html: html`${sayChange(change)}${change.isAtMachine && html` ${tag({ text: 'At the machine', classes: 'govuk-tag--orange' })}`}`,
                },
                { text: sayCredentialPart(change) },
                { text: saysThatTheyKnow(change) },
                { html: waitOf(visit, change) },
              ]),
            }),
          })
    }${
      older !== null &&
      html`<p class="govuk-body"><a class="govuk-link" href="/admin/sign-ins?before=${older}">Older</a></p>`
    }`,
  })
}

function saysThatTheyKnow({ kind, knownAt }: CredentialChange): string {
  if (knownAt) return `Since ${sayMoment(knownAt, zone)}`
  return kind === 'joined' ? '' : 'Not yet'
}

function waitOf(visit: StaffVisit, change: CredentialChange): Html {
  const { staff, notices, clinic } = visit
  if (change.freedAt) return html`Confirmed by ${change.freedByName}, ${sayMoment(change.freedAt, zone)}`
  const by = { personId: staff.personId, waitsUntil: notices.waitsUntil }
  const third = decideThird(change, by, clinic.clock.now())
  if (!third.allowed && third.because === 'over') return html``
  const until = change.waitsUntil ? `Until ${sayMoment(change.waitsUntil, zone)}` : ''
  return html`${until}<br>${
    third.allowed
      ? startForm(
          { action: `/admin/sign-ins/${change.changeId}/confirm`, csrfToken: visit.csrfToken },
          html`<button type="submit" class="link-button">Confirm it is them<span class="govuk-visually-hidden">: ${change.personName}</span></button>`,
        )
      : why[third.because]
  }`
}
