import { type Html, html } from './html.ts'
import { layoutPage } from './layout.ts'
import type { ProblemStatus } from './request-problem.ts'

/** Why a form was not taken: its token is missing, wrong or belongs to another visit. */
export type PageProblem = ProblemStatus | 'stale form'

type Words = { readonly title: string; readonly lines: readonly string[] }

// GOV.UK Design System, patterns "Page not found", "Problem with the service", "Service unavailable"
const wordsOf: Readonly<Record<PageProblem, Words>> = {
  400: {
    title: 'There is a problem with what was sent',
    lines: ['We could not read it. Go back, check what you entered and send it again.'],
  },
  403: {
    title: 'This came from another site',
    lines: ['Nothing was changed. Open the page here and try again.'],
  },
  404: {
    title: 'Page not found',
    lines: [
      'If you typed the web address, check it is correct.',
      'If you pasted the web address, check you copied the entire address.',
    ],
  },
  405: { title: 'Page not found', lines: ['This address takes another kind of request.'] },
  408: { title: 'This took too long', lines: ['Nothing was saved. Check your connection and try again.'] },
  413: { title: 'What was sent is too large', lines: ['Nothing was saved. Send less at a time.'] },
  415: {
    title: 'There is a problem with what was sent',
    lines: ['This page only takes forms. Open it in a browser and send it from there.'],
  },
  500: { title: 'There is a problem with the service', lines: ['Try again later.'] },
  503: { title: 'The service is unavailable', lines: ['Try again in a few minutes.'] },
  'stale form': {
    title: 'This page was out of date',
    lines: ['Nothing was saved. Open the page again and enter your answers again.'],
  },
}

/** The status a problem is answered with. */
export function statusOf(problem: PageProblem): ProblemStatus {
  return problem === 'stale form' ? 403 : problem
}

/** Writes the page for a problem. It says what to do next and nothing about the inside of the service. */
export function problemPage(
  problem: PageProblem,
  options: { readonly serviceName?: string | undefined; readonly reference?: string | undefined } = {},
): Html {
  const { title, lines } = wordsOf[problem]
  const { serviceName, reference } = options
  const body = html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds"><h1 class="govuk-heading-l">${title}</h1>${lines.map(
    line => html`<p class="govuk-body">${line}</p>`,
  )}${reference && html`<p class="govuk-body">Reference: <strong>${reference}</strong></p>`}</div></div>`
  return layoutPage({ kind: 'public', title, serviceName, body })
}
