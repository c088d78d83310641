import { giveawayMeaning } from '../../../evidence/giveaways/giveaway.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { radios } from '../../../web/components/radios.ts'
import { startForm } from '../../../web/form.ts'
import { problemBeside, problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { purposeName } from '../../bundle-request.ts'
import {
  type ChosenExhibits,
  type ExhibitChoice,
  sayChoice,
  type WeighedExhibit,
} from '../../exhibit-choice.ts'
import { holdsView } from '../parts/holds-view.ts'
import { choiceField } from './form.ts'
import type { AskTyped } from './view.ts'

/** As many as a person can read before the rest is shown on the next page. */
export const choicesOnPage = 25

/**
 * What in the exhibits could give the client away, one exhibit after the other, each with its choice. Nothing is
 * selected beforehand.
 */
export function chooseView(
  visit: CaseVisit,
  shown: {
    readonly typed: AskTyped
    /** Chosen on a page before this one. */
    readonly chosen: ChosenExhibits
    readonly open: readonly WeighedExhibit[]
    readonly problems: readonly FormProblem[]
  },
): Html {
  const { typed, chosen, open, problems } = shown
  const here = open.slice(0, choicesOnPage)
  const title = 'What in these exhibits could give the client away?'
  const carried = [
    ...(['purpose', 'agency', 'records', 'note'] as const).map(name => [name, typed[name]] as const),
    ...here.map(({ itemId }) => ['asked', itemId] as const),
    ...Object.entries(chosen)
      .filter(([itemId]) => !here.some(each => each.itemId === itemId))
      .map(([itemId, choice]) => [choiceField(itemId), choice] as const),
  ]
  const body = html`${caseNavigation(visit, 'bundle')}${problemSummary(problems)}
<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">The bundle has not been asked for yet. ${countWords(open.length)} Choose for each what becomes of it. The person who approves the bundle sees your choices, and so does anyone who reads what is not included.</p>
${insetText({ text: giveawayMeaning })}
${startForm(
  { action: `/cases/${visit.caseId}/bundles`, csrfToken: visit.csrfToken, once: typed.once },
  ...carried.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`),
  ...here.map(exhibit => choiceOf(visit, exhibit, chosen[exhibit.itemId], problems)),
  button({
    text:
      open.length > here.length
        ? 'Continue with the next exhibits'
        : `Ask for this bundle: ${purposeName(purposeOf(typed))}`,
    preventDoubleClick: true,
  }),
)}
<p class="govuk-body"><a class="govuk-link" href="/cases/${visit.caseId}/bundles">Cancel: ask for no bundle</a></p>`
  return staffPage(visit, { title: titleWithProblems(title, problems), body })
}

const purposeOf = (typed: AskTyped) =>
  typed.purpose === 'solicitor' || typed.purpose === 'client-copy' ? typed.purpose : 'police-report'

function countWords(count: number): string {
  const some = count > choicesOnPage ? ` The first ${choicesOnPage} are here; the rest follow.` : ''
  return count === 1
    ? 'One exhibit that would go in could give the client away, or was not looked through.'
    : `${count.toLocaleString('en-GB')} exhibits that would go in could give the client away, or were not looked through.${some}`
}

function choiceOf(
  visit: CaseVisit,
  exhibit: WeighedExhibit,
  chosen: ExhibitChoice | undefined,
  problems: readonly FormProblem[],
): Html {
  const { itemId, reference, originalName, mayCopy } = exhibit
  const name = choiceField(itemId)
  return html`${radios({
    name,
    fieldset: {
      legend: { html: html`${reference}: <bdi>${originalName}</bdi>`, classes: 'govuk-fieldset__legend--m' },
    },
    hint: { html: holdsView(visit, exhibit) },
    items: [
      {
        value: 'leave-out',
        text: sayChoice('leave-out'),
        hint: {
          text: 'Messages read from it stay out of the chronology too. An incident that rests on it stays, and says so.',
        },
      },
      ...(mayCopy
        ? [
            {
              value: 'working-copy',
              text: sayChoice('working-copy'),
              hint: {
                text: 'Made again from the pixels, with nothing of what was written beside them. What the picture shows stays. The original stays with the clinic, and the copy says from what it was made.',
              },
            },
          ]
        : []),
      {
        value: 'original',
        text: sayChoice('original'),
        hint: { text: 'Anyone who gets the bundle can read all of it.' },
      },
    ],
    value: chosen ?? '',
    errorMessage: problemBeside(problems, name),
  })}`
}
