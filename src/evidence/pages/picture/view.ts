import { sayMoment } from '../../../foundation/say-date.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { details } from '../../../web/components/details.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { subNavigation } from '../../../web/components/sub-navigation.ts'
import { startForm } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import type { PictureOfItem } from '../../operations/open-safe-copy.ts'
import { type MadeSafeCopy, sayObstacle, sayShown } from '../../pictures/safe-copy.ts'
import { sayRegion } from '../../transcript.ts'
import { transcriptTableView } from '../parts/transcript-view.ts'

/** As wide as the page, or in so many hundredths of its own size. */
const zooms = ['page', '50', '100', '200', '400'] as const
type Zoom = (typeof zooms)[number]

/** The size that an address asks for; the width of the page where it asks for none that there is. */
export function readZoom(asked: string | null): Zoom {
  return zooms.find(zoom => zoom === asked) ?? 'page'
}

type PictureView = PictureOfItem & {
  readonly zoom: Zoom
  /** The line whose place is marked; any other number marks none. */
  readonly line: number
  readonly mayChange: boolean
}

/** A picture as this program made it again from its pixels, with what must be known of it. */
export function pictureOfItemView(visit: CaseVisit, view: PictureView): Html {
  const { item, copy, isSetAside } = view
  const path = `/cases/${visit.caseId}/evidence/${item.itemId}`
  const title = `Picture of exhibit ${item.exhibitRef}`
  const body = html`${caseNavigation(visit, 'evidence')}
<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">Received ${sayMoment(item.receivedAt, view.context?.zone ?? 'Europe/London')}.</p>
${isSetAside ? setAsideView(path) : copy?.kind === 'made' ? shownView(path, view, copy) : nothingView(visit, path, view)}
${!isSetAside && saidView(visit, path, view)}`
  return staffPage(visit, {
    title,
    body,
    wide: true,
    back: { href: path, text: `Back to exhibit ${item.exhibitRef}` },
  })
}

/** What was typed off it, the newest whole and every earlier one folded away; and where it is typed. */
function saidView(visit: CaseVisit, path: string, { transcripts, mayChange, context }: PictureView): Html {
  const [newest, ...earlier] = transcripts
  const zone = context?.zone ?? 'Europe/London'
  const write = newest ? 'Correct what was typed' : 'Type what the picture says'
  return html`<h2 class="govuk-heading-m">What it says</h2>
${newest ? transcriptTableView(path, newest, zone) : html`<p class="govuk-body">Nobody has typed off what the picture says, so it is in no search and on no timeline.</p>`}
${mayChange && html`<p class="govuk-body"><a class="govuk-link" href="${path}/transcript">${write}</a></p>`}
${newest && visit.sees('chronology', 'read') && html`<p class="govuk-body"><a class="govuk-link" href="/cases/${visit.caseId}/chronology">See its lines in the chronology</a></p>`}
${earlier.map(each => details({ summary: { text: `What was typed before, revision ${each.revision}` }, html: transcriptTableView(path, each, zone) }))}`
}

/** Marks the band of a picture in which a line stands. */
function markView({ transcripts, line }: PictureView): Html {
  const region = transcripts[0]?.transcript.lines.find(each => each.number === line)?.region
  if (!region) return html``
  const { top, bottom } = region
  return html`<svg class="picture-mark" viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label="Line ${line} is marked, ${sayRegion(region)}"><rect class="picture-mark__light" x="0" y="${top}" width="100" height="${bottom - top}"/><rect x="0" y="${top}" width="100" height="${bottom - top}"/></svg>`
}

function shownView(path: string, view: PictureView, copy: MadeSafeCopy): Html {
  const { zoom, line } = view
  const reference = view.item.exhibitRef
  const scale = zoom === 'page' ? 1 : Number(zoom) / 100
  const across = Math.max(1, Math.round(copy.shownWidth * scale))
  const down = Math.max(1, Math.round(copy.shownHeight * scale))
  const drawn = html`<div class="picture-frame"><img class="picture${zoom === 'page' ? ' picture--fits' : ''}" src="${path}/picture/whole" alt="What exhibit ${reference} shows" width="${across}" height="${down}">${markView(view)}</div>`
  return html`${subNavigation({
    label: 'Size of the picture',
    items: zooms.map(each => ({
      text: each === 'page' ? 'As wide as the page' : `${each} %`,
      href: `${path}/picture?size=${each}${line > 0 ? `&line=${line}` : ''}`,
      active: each === zoom,
    })),
  })}
${scrollingRegion({ label: `What exhibit ${reference} shows. The arrow keys move it where it is wider than the page.`, html: drawn })}
<ul class="govuk-list govuk-list--bullet">${sayShown(copy).map(line => html`<li>${line}</li>`)}</ul>
<p class="govuk-body">This is not the original. It was made again from the pixels of the original and has nothing else of it, so that it harms no computer. Colours can differ a little. Who took it, when, and whether it was altered before it came here, a picture does not show.</p>`
}

const setAsideView = (path: string): Html =>
  html`<p class="govuk-body">This exhibit was set aside, so nothing of it is shown. <a class="govuk-link" href="${path}/reading">Change what is read of it</a>, and it can be looked at again.</p>`

function nothingView(visit: CaseVisit, path: string, { copy, mayChange }: PictureView): Html {
  const why =
    copy?.kind === 'none'
      ? `It cannot be looked at here. ${sayObstacle(copy.because)} The original is kept as it came.`
      : 'There is nothing to look at yet: the picture is being made, or nobody has asked for it since pictures are shown here. Load this page again in a moment.'
  return html`<p class="govuk-body">${why}</p>
${mayChange && startForm({ action: `${path}/picture`, csrfToken: visit.csrfToken }, button({ text: copy ? 'Try once more' : 'Have the picture made', classes: 'govuk-button--secondary', preventDoubleClick: true }))}`
}
