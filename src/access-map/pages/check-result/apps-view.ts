import type { CaseVisit } from '../../../identity/route.ts'
import { details } from '../../../web/components/details.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { tag } from '../../../web/components/tag.ts'
import { warningText } from '../../../web/components/warning-text.ts'
import { type Html, html } from '../../../web/html.ts'
import type { ReadList } from '../../device-check/check.ts'
import { checkMeaning } from '../../device-check/check-meaning.ts'
import { sayCheckDay, sayFlag, sayMatch, sayUnread } from '../../device-check/say-check.ts'

const count = (number: number, one: string, many: string): string =>
  number === 1 ? `1 ${one}` : `${number.toLocaleString('en-GB')} ${many}`

/** What a list of apps shows: what stands in the indicator files, and what is worth asking about. */
export function appsView(visit: CaseVisit, list: ReadList): Html {
  return html`<h2 class="govuk-heading-m">What the list of apps shows</h2>
<p class="govuk-body">${count(list.read, 'app was', 'apps were')} read.</p>
${comparedWith(list)}
${
  list.matches.length > 0
    ? html`<h3 class="govuk-heading-s">Apps that stand in those files</h3>${warningText({ text: checkMeaning.beforeRemoving })}<ul class="govuk-list govuk-list--bullet breaks-anywhere">${list.matches.map(
        match => html`<li>Line ${match.line}: ${sayMatch(match)}</li>`,
      )}</ul><p class="govuk-body">${checkMeaning.match}</p>${
        list.matches.some(each => each.by === 'name') &&
        html`<p class="govuk-body">${checkMeaning.nameMatch}</p>`
      }<p class="govuk-body">Where it is what it seems, put it on the <a class="govuk-link" href="/cases/${visit.caseId}/map">access map</a>, so that the plan takes it into account.</p>`
    : list.against.length > 0 &&
      html`<p class="govuk-body"><strong>No app on this list stands in those files.</strong></p>${insetText({ text: checkMeaning.noMatch })}`
}
${flagsView(list)}`
}

function comparedWith({ against }: ReadList): Html {
  if (against.length === 0) return insetText({ text: checkMeaning.noIndicators })
  return html`<p class="govuk-body">They were compared with:</p><ul class="govuk-list govuk-list--bullet">${against.map(
    ({ file, date, isOld, packages }) =>
      html`<li><bdi>${file}</bdi>, of ${sayCheckDay(date)}: ${count(packages, 'package', 'packages')}${
        isOld && html` ${tag({ text: 'Old', classes: 'govuk-tag--yellow' })}`
      }</li>`,
  )}</ul>`
}

function flagsView({ flags, unjudged, more }: ReadList): Html {
  return html`${
    flags.length > 0 &&
    html`<h3 class="govuk-heading-s">Worth asking about</h3><p class="govuk-body">${checkMeaning.flag}</p><ul class="govuk-list govuk-list--bullet breaks-anywhere">${flags.map(
      flag => html`<li>Line ${flag.line}: ${sayFlag(flag)}</li>`,
    )}</ul>`
  }${
    unjudged > 0 &&
    html`<p class="govuk-body">${count(unjudged, 'app names', 'apps name')} nobody who put it there, and the list does not show which apps came with the phone. A list made with “-f” as well shows that.</p>`
  }${more > 0 && html`<p class="govuk-body">${count(more, 'more is', 'more are')} in the list itself.</p>`}`
}

/** Every line that was left aside, with its place. */
export function unreadView({ kind, unread, unreadMore }: ReadList): Html | false {
  if (unread.length === 0) return false
  const total = unread.length + unreadMore
  return details({
    summary: { text: `${count(total, 'line was', 'lines were')} not read` },
    html: html`<ul class="govuk-list govuk-list--bullet breaks-anywhere">${unread.map(
      ({ line, text, because }) =>
        html`<li>${kind === 'devices' ? 'Place' : 'Line'} ${line} ${sayUnread(because)}: <bdi>${text}</bdi></li>`,
    )}</ul>${unreadMore > 0 && html`<p class="govuk-body">${count(unreadMore, 'more stands', 'more stand')} in the list itself.</p>`}`,
  })
}

/** The list as it came in, and where an original belongs. */
export function keptListView(visit: CaseVisit, list: ReadList, href: string): Html {
  return html`<h2 class="govuk-heading-m">The list itself</h2><p class="govuk-body">${checkMeaning.keptList}</p>
<p class="govuk-body breaks-anywhere">${count(list.bytes, 'byte', 'bytes')}. SHA-256: <code>${list.sha256}</code></p>
<p class="govuk-body"><a class="govuk-link" href="${href}" download>Download the list</a>${visit.sees('evidence', 'read') && html`, or <a class="govuk-link" href="/cases/${visit.caseId}/evidence">go to the evidence of the case</a>`}</p>`
}
