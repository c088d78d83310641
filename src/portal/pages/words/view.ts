import { publicPage } from '../../../identity/public-page.ts'
import { button } from '../../../web/components/button.ts'
import { textarea } from '../../../web/components/textarea.ts'
import { startForm } from '../../../web/form.ts'
import { problemBeside, problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'

export const wordsLabel = 'Enter your words'

/** The page that asks for the words, with what is to be said about the last try. */
export function wordsView(csrfToken: string, problem: string | null): Html {
  const problems = problem === null ? [] : [{ field: 'words', message: problem }]
  return publicPage({
    title: titleWithProblems('Your words', problems),
    back: { href: '/my/start' },
    body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
${problemSummary(problems)}
<h1 class="govuk-heading-l">Your words</h1>
${startForm(
  { action: '/my/words', csrfToken },
  textarea({
    name: 'words',
    id: 'words',
    label: { text: wordsLabel, classes: 'govuk-label--s' },
    hint: { text: 'In their order. Capitals, spaces and hyphens make no difference' },
    rows: 2,
    autocomplete: 'off',
    spellcheck: false,
    errorMessage: problemBeside(problems, 'words'),
    attributes: { autocapitalize: 'off', autocorrect: 'off' },
  }),
  button({ text: 'Continue', preventDoubleClick: true }),
)}
<p class="govuk-body">If you have lost your words, ask for new ones the next time you meet.</p>
</div></div>`,
  })
}
