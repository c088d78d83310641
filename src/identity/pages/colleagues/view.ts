import { insetText } from '../../../web/components/inset-text.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { table } from '../../../web/components/table.ts'
import { startForm } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import type { JoinsAgain } from '../../credential-change.ts'
import { roleName } from '../../role.ts'
import type { StaffVisit } from '../../route.ts'
import { staffPage } from '../../staff-page.ts'

const title = 'Colleagues who join again'

/** Who of one's own agency is to join again and may have lost what only they held. */
export function colleaguesView(visit: StaffVisit, people: readonly JoinsAgain[]): Html {
  return staffPage(visit, {
    title,
    back: { href: '/account', text: 'Back to your sign-in' },
    body: html`<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">Somebody who joins again shows the second secret they wrote down. Somebody who has lost it needs the word of a colleague of their own agency who is with them: yours, if you see them and know them. Where nobody else of their agency is at work, anybody else may.</p>${
      people.length === 0
        ? html`<p class="govuk-body">Nobody waits for your word. Anyone who asked for their link, or approved it, cannot give it.</p>`
        : scrollingRegion({
            label: title,
            html: table({
              caption: title,
              captionClasses: 'govuk-visually-hidden',
              head: ['Name', 'Role', 'Agency', 'Your word'].map(text => ({ text })),
              firstCellIsHeader: true,
              rows: people.map(person => [
                { text: person.name },
                { text: person.role ? roleName(person.role) : '' },
                { text: person.agencyName },
                {
                  html: startForm(
                    {
                      action: `/account/colleagues/${person.personId}/confirm`,
                      csrfToken: visit.csrfToken,
                    },
                    html`<button type="submit" class="link-button">They are with me<span class="govuk-visually-hidden">: ${person.name}</span></button>`,
                  ),
                },
              ]),
            }),
          })
    }`,
  })
}

/** Shows the words to read out, the only time they can be seen. */
export function witnessView(visit: StaffVisit, person: JoinsAgain, words: readonly string[]): Html {
  return staffPage(visit, {
    title: 'Read these words out',
    back: { href: '/account/colleagues', text: 'Back to colleagues' },
    body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds"><h1 class="govuk-heading-l">Read these words out to ${person.name}</h1>${insetText(
      {
        html: html`<p class="govuk-body govuk-!-font-weight-bold" id="witness-words">${words.join(' ')}</p>`,
      },
    )}<p class="govuk-body">They go with the link that ${person.name} has, for half an hour, and are shown only now. Give them to nobody else, and do not send them.</p></div></div>`,
  })
}
