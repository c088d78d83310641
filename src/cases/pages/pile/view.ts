import type { FormProblem } from '../../../foundation/decision.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import type { StaffVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { notificationBanner } from '../../../web/components/notification-banner.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { table } from '../../../web/components/table.ts'
import { tag } from '../../../web/components/tag.ts'
import { startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { type Pile, pileOnPage } from '../../operations/list-pile.ts'

type View = {
  readonly pile: Pile
  readonly page: number
  readonly zone: string
  /** How many were just moved to triage; null when nobody moved any. */
  readonly moved: number | null
  readonly problems: readonly FormProblem[]
}

/** A source as people tell it from another: it names no address, and is the same for the same one on one day. */
export const shortSource = (source: string): string => `source ${source.slice(0, 6)}`

const danger = (): Html => tag({ text: 'Danger', classes: 'govuk-tag--red' })

/** The forms that a flood set aside: how many, when, from where; to go through, to move, or to clear together. */
export function pileView(visit: StaffVisit, view: View): Html {
  const { count } = view.pile
  return staffPage(visit, {
    title: titleWithProblems('Forms set aside', view.problems),
    back: { href: '/triage', text: 'Back to triage' },
    body: html`${problemSummary(view.problems, () => (view.pile.forms[0] ? `form-${view.pile.forms[0].caseId}` : 'pile'))}${movedNotice(view.moved)}<h1 class="govuk-heading-l" id="pile">Forms set aside</h1>
<p class="govuk-body">More public forms came within an hour than can be looked at, from one address, from those near it, or in all. What came after that is here, as it was sent, and the person who sent it was told that we have it. Those that ticked a sign of danger come first, and among them those from the networks, then the addresses, from which the fewest came. What they wrote has not been read.</p>${
      count.forms === 0
        ? html`<p class="govuk-body">Nothing is set aside.</p>`
        : html`<p class="govuk-body"><strong>${count.forms}</strong> set aside, from ${count.sources} ${count.sources === 1 ? 'source' : 'sources'}. <strong>${count.danger}</strong> ticked a sign of danger.</p>${sourcesView(visit, view)}${formsView(visit, view)}`
    }${clearingsView(visit, view)}`,
  })
}

function movedNotice(moved: number | null): Html {
  if (moved === null) return html``
  if (moved === 0)
    return notificationBanner({ text: 'Nothing was moved: those forms are not in this pile any more.' })
  return notificationBanner({
    type: 'success',
    html: html`<p class="govuk-notification-banner__heading">${moved === 1 ? '1 form was' : `${moved} forms were`} moved to <a class="govuk-notification-banner__link" href="/triage">triage</a>.</p>`,
  })
}

const press = (
  visit: StaffVisit,
  action: string,
  name: string,
  value: string,
  words: Html,
  isWarning: boolean,
): Html =>
  startForm(
    { action, csrfToken: visit.csrfToken },
    html`<input type="hidden" name="${name}" value="${value}">`,
    button({
      html: words,
      classes: `govuk-!-margin-bottom-1 ${isWarning ? 'govuk-button--warning' : 'govuk-button--secondary'}`,
      preventDoubleClick: true,
    }),
  )

const between = (first: string, last: string): string => (first === last ? first : `${first} to ${last}`)

function sourcesView(visit: StaffVisit, { pile, zone }: View): Html {
  const hidden = (source: string): Html =>
    html`<span class="govuk-visually-hidden"> from ${shortSource(source)}</span>`
  const withoutSigns = pile.count.forms - pile.count.danger
  return html`<h2 class="govuk-heading-m">Where they came from</h2>${scrollingRegion({
    label: 'Where they came from',
    html: table({
      caption: 'Where they came from, the most first',
      captionClasses: 'govuk-visually-hidden',
      head: [{ text: 'Source' }, { text: 'Forms' }, { text: 'Received' }, { text: 'All of them' }],
      rows: pile.sources.map(each => [
        {
          html: html`${shortSource(each.source)}<br><span class="govuk-hint">network ${each.network.slice(0, 6)}</span>`,
        },
        { html: html`${each.forms}${each.danger > 0 && html`, of them ${each.danger} with ${danger()}`}` },
        { text: between(sayMoment(each.first, zone), sayMoment(each.last, zone)) },
        {
          html: html`${press(visit, '/triage/pile/move', 'source', each.source, html`Move to triage${hidden(each.source)}`, false)}${press(visit, '/triage/pile/clear', 'source', each.source, html`Clear${hidden(each.source)}`, true)}`,
        },
      ]),
    }),
  })}${
    pile.count.sources > pile.sources.length &&
    html`<p class="govuk-body">${pile.count.sources - pile.sources.length} more sources, with fewer forms each.</p>`
  }${
    withoutSigns > 0 &&
    press(
      visit,
      '/triage/pile/clear',
      'all',
      'without-danger',
      html`Clear all ${withoutSigns} that ticked no sign of danger`,
      true,
    )
  }`
}

function formsView(visit: StaffVisit, { pile, page, zone }: View): Html {
  const pages = Math.max(1, Math.ceil(pile.count.forms / pileOnPage))
  return html`<h2 class="govuk-heading-m govuk-!-margin-top-6">One by one</h2>${startForm(
    { action: '/triage/pile/move', csrfToken: visit.csrfToken },
    scrollingRegion({
      label: 'One by one',
      html: table({
        caption: 'Those that ticked a sign of danger first',
        captionClasses: 'govuk-visually-hidden',
        head: [{ text: 'Form' }, { text: 'Received' }, { text: 'From' }],
        rows: pile.forms.map(each => [
          {
            html: html`<div class="govuk-checkboxes govuk-checkboxes--small" data-module="govuk-checkboxes"><div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" name="form" id="form-${each.caseId}" value="${each.caseId}"><label class="govuk-label govuk-checkboxes__label" for="form-${each.caseId}">${each.reference}</label></div></div><a class="govuk-link" href="/triage/${each.caseId}">Read<span class="govuk-visually-hidden"> ${each.reference}</span></a> ${each.danger && danger()}`,
          },
          { text: sayMoment(each.at, zone) },
          { text: `${shortSource(each.source)}, ${each.fromSource} in all` },
        ]),
      }),
    }),
    html`<div class="govuk-button-group">${button({ text: 'Move what is ticked to triage', preventDoubleClick: true })}${button(
      {
        text: 'Clear what is ticked',
        classes: 'govuk-button--warning',
        preventDoubleClick: true,
        attributes: { formaction: '/triage/pile/clear' },
      },
    )}</div>`,
  )}<p class="govuk-body">Page ${page} of ${pages}.${
    page > 1 && html` <a class="govuk-link" href="/triage/pile?page=${page - 1}">Page before</a>`
  }${page < pages && html` <a class="govuk-link" href="/triage/pile?page=${page + 1}">Next page</a>`}</p>`
}

function clearingsView(visit: StaffVisit, { pile, zone }: View): Html {
  if (pile.clearings.length === 0) return html``
  return html`<h2 class="govuk-heading-m">Cleared</h2>${scrollingRegion({
    label: 'Cleared',
    html: table({
      caption: 'Cleared, and can be brought back',
      captionClasses: 'govuk-visually-hidden',
      head: [{ text: 'When' }, { text: 'Forms' }, { text: 'Why' }, { text: 'Undo' }],
      rows: pile.clearings.map(each => [
        { text: `${sayMoment(each.at, zone)}, ${each.by}` },
        { text: String(each.forms) },
        { html: html`<bdi>${each.reason}</bdi>` },
        {
          html: press(
            visit,
            `/triage/pile/${each.clearingId}/back`,
            'clearing',
            each.clearingId,
            html`Bring back<span class="govuk-visually-hidden"> what was cleared ${sayMoment(each.at, zone)}</span>`,
            false,
          ),
        },
      ]),
    }),
  })}`
}
