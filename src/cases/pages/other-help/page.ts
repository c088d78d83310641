import { findServices } from '../../../directory/find-services.ts'
import { type Need, needs } from '../../../directory/profile.ts'
import { publicPage } from '../../../identity/public-page.ts'
import type { PublicVisit } from '../../../identity/route.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { html } from '../../../web/html.ts'
import type { PageRequest } from '../../../web/request.ts'
import { readHelpAddress } from '../parts/help-address.ts'
import { publicServices } from '../parts/public-profile.ts'
import { serviceListsView } from '../parts/services-view.ts'

const reasons: Readonly<Partial<Record<Need, string>>> = {
  'under-age': 'We work with adults. There are people whose work is to help somebody younger.',
  'other-area':
    'We cover one area, and your address seems to be outside it. These services work where you live.',
  fraud: 'What you told us sounds like a fraud or scam. These people can help with that.',
  crime: 'What you told us sounds like something that others know more about than we do.',
}

/** The right services for somebody the clinic cannot take on: never a dead end. */
export async function showOtherHelp({ query }: PageRequest, { clinic }: PublicVisit): Promise<Answer> {
  const world = await publicServices(clinic)
  const asked = readHelpAddress(query.get('for') ?? '')
  const first = findServices(world, ['danger-now', ...(asked.length > 0 ? asked : (['stalking'] as const))])
  const named = new Set(first.map(({ service }) => service))
  const rest = findServices(world, needs).filter(({ service }) => !named.has(service))
  const why = asked.flatMap(need => reasons[need] ?? [])
  return showPage(
    publicPage({
      title: 'Other help',
      back: { href: '/' },
      body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
<h1 class="govuk-heading-l">${why.length > 0 ? 'These people can help you better than we can' : 'Other help'}</h1>
${why.map(line => html`<p class="govuk-body">${line}</p>`)}
${why.length > 0 && html`<p class="govuk-body">We kept only that somebody asked, and why we could not help: no name, and no way to reach you. If you think we are wrong, <a class="govuk-link" href="/refer/form">tell us again</a>.</p>`}
${serviceListsView([
  { found: first, level: 2 },
  { found: rest, level: 3, heading: html`<h2 class="govuk-heading-m">For something else</h2>` },
])}
</div></div>`,
    }),
  )
}
