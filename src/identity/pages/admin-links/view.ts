import type { FormProblem } from '../../../foundation/decision.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { button } from '../../../web/components/button.ts'
import { radios } from '../../../web/components/radios.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { table } from '../../../web/components/table.ts'
import { textarea } from '../../../web/components/textarea.ts'
import { warningText } from '../../../web/components/warning-text.ts'
import { startForm } from '../../../web/form.ts'
import { problemBeside, problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { seenWords } from '../../check-act.ts'
import type { LinkRequest } from '../../link-request.ts'
import { proofOnPage } from '../../proof-inputs.ts'
import { roleName } from '../../role.ts'
import type { StaffVisit } from '../../route.ts'
import { staffPage } from '../../staff-page.ts'
import { linkRequestTagView } from '../parts/link-request-tag-view.ts'

const zone = 'Europe/London'
const kinds: Readonly<Record<LinkRequest['kind'], string>> = {
  'new-person': 'Joins the clinic',
  'new-link': 'New link: lost phone, lapsed link or return',
  return: 'Was stopped, and is to sign in again as before',
}
const sayKind = (request: LinkRequest): string => kinds[request.kind]

/** The links that wait for a coordinator, and what was decided before. */
export function linksView(visit: StaffVisit, requests: readonly LinkRequest[]): Html {
  const waiting = requests.filter(request => request.state === 'asked')
  const decided = requests.filter(request => request.state !== 'asked')
  return staffPage(visit, {
    title: 'Who joins',
    wide: true,
    body: html`<h1 class="govuk-heading-l">Who joins</h1>
<p class="govuk-body">Nobody joins by one person’s word. An administrator asks and gives out a joining code; a coordinator approves and gives out the link. Neither sees the other’s, and the person who joins needs both. Somebody who joined before also shows the second secret they wrote down then.</p>
<h2 class="govuk-heading-m">Waiting for you</h2>${
      waiting.length === 0
        ? html`<p class="govuk-body">Nobody waits.</p>`
        : listOf('Waiting for you', waiting, request => [
            {
              html: html`<a class="govuk-link" href="/admin/links/${request.requestId}">Decide<span class="govuk-visually-hidden"> about ${request.name}</span></a>`,
            },
          ])
    }${
      decided.length > 0 &&
      html`<h2 class="govuk-heading-m">Decided</h2>${listOf('Decided', decided, request => [
        {
          html: html`${linkRequestTagView(request.state)} ${request.decidedByName}, ${
            request.decidedAt && sayMoment(request.decidedAt, zone)
          }${request.reason !== '' && html`<br>${request.reason}`}`,
        },
      ])}`
    }`,
  })
}

function listOf(
  label: string,
  requests: readonly LinkRequest[],
  last: (request: LinkRequest) => readonly { readonly html: Html }[],
): Html {
  return scrollingRegion({
    label,
    html: table({
      caption: label,
      captionClasses: 'govuk-visually-hidden',
      head: ['Name', 'Role', 'Agency', 'For', 'Asked for', 'Decision'].map(text => ({ text })),
      firstCellIsHeader: true,
      rows: requests.map(request => [
        { text: request.name },
        { text: roleName(request.role) },
        { text: request.agencyName },
        { text: sayKind(request) },
        { text: `${request.askedByName}, ${sayMoment(request.askedAt, zone)}` },
        ...last(request),
      ]),
    }),
  })
}

/** What a coordinator must have read before deciding: who it is, and what is asked for them. */
export const wordsOfRequest = (request: LinkRequest): readonly unknown[] => [
  request.requestId,
  request.kind,
  request.name,
  request.signInName,
  request.role,
  request.agencyName,
  request.askedByName,
  request.askedBecause,
]

/** One link, for the second person: who would join as what, and the decision. */
export function linkRequestView(
  visit: StaffVisit,
  request: LinkRequest,
  typed: {
    readonly decision: string
    readonly reason: string
    readonly once: string
    readonly problems: readonly FormProblem[]
  },
): Html {
  const { problems } = typed
  const isReturn = request.kind === 'return'
  const title = isReturn ? 'Let this person in again?' : 'Approve this link?'
  return staffPage(visit, {
    title: titleWithProblems(title, problems),
    back: { href: '/admin/links', text: 'Back to who joins' },
    body: html`${problemSummary(problems)}<h1 class="govuk-heading-l">${title}</h1>${summaryList({
      rows: [
        { key: { text: 'Name' }, value: { text: request.name } },
        { key: { text: 'Sign-in name' }, value: { text: request.signInName } },
        { key: { text: 'Role' }, value: { text: roleName(request.role) } },
        { key: { text: 'Agency' }, value: { text: request.agencyName } },
        { key: { text: 'For' }, value: { text: sayKind(request) } },
        {
          key: { text: 'Asked for by' },
          value: { text: `${request.askedByName}, ${sayMoment(request.askedAt, zone)}` },
        },
        ...(isReturn
          ? [{ key: { text: 'Why' }, value: { html: html`<bdi>${request.askedBecause}</bdi>` } }]
          : []),
      ],
    })}${warningText({
      text: isReturn
        ? 'Approve only if you know why they were stopped, and that it is over. From that moment they sign in with the password and codes they had, and see again what this role and agency see. An administrator can stop them again at once.'
        : 'Approve only if you have spoken to them or to their agency yourself. With the link, the administrator’s joining code and, if they joined before, their second secret they sign in as this person, and see what this role and agency see.',
      iconFallbackText: 'Warning',
    })}${startForm(
      { action: `/admin/links/${request.requestId}`, csrfToken: visit.csrfToken, once: typed.once },
      seenWords(visit, wordsOfRequest(request)),
      radios({
        name: 'decision',
        fieldset: { legend: { text: 'Your decision', classes: 'govuk-fieldset__legend--m' } },
        items: [
          {
            value: 'approve',
            text: isReturn ? 'Let them in again' : 'Approve: show me the link, to hand over',
          },
          { value: 'refuse', text: 'Do not approve' },
        ],
        value: typed.decision,
        errorMessage: problemBeside(problems, 'decision'),
      }),
      textarea({
        name: 'reason',
        id: 'reason',
        label: { text: 'Reason', classes: 'govuk-label--s' },
        hint: { text: 'Needed if you do not approve. The administrator will see it.' },
        value: typed.reason,
        rows: 3,
        errorMessage: problemBeside(problems, 'reason'),
      }),
      proofOnPage(visit),
      button({ text: 'Save decision', preventDoubleClick: true }),
    )}`,
  })
}
