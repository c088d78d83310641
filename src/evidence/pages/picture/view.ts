import { sayMoment } from '../../../foundation/say-date.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { subNavigation } from '../../../web/components/sub-navigation.ts'
import { startForm } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import type { PictureOfItem } from '../../operations/open-safe-copy.ts'
import { type MadeSafeCopy, sayObstacle, sayShown } from '../../pictures/safe-copy.ts'

/** As wide as the page, or in so many hundredths of its own size. */
const zooms = ['page', '50', '100', '200', '400'] as const
type Zoom = (typeof zooms)[number]

/** The size that an address asks for; the width of the page where it asks for none that there is. */
export function readZoom(asked: string | null): Zoom {
  return zooms.find(zoom => zoom === asked) ?? 'page'
}

type PictureView = PictureOfItem & { readonly zoom: Zoom; readonly mayChange: boolean }

/** A picture as this program made it again from its pixels, with what must be known of it. */
export function pictureOfItemView(visit: CaseVisit, view: PictureView): Html {
  const { item, copy, isSetAside } = view
  const path = `/cases/${visit.caseId}/evidence/${item.itemId}`
  const title = `Picture of exhibit ${item.exhibitRef}`
  const body = html`${caseNavigation(visit, 'evidence')}
<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">Received ${sayMoment(item.receivedAt, view.context?.zone ?? 'Europe/London')}.</p>
${isSetAside ? setAsideView(path) : copy?.kind === 'made' ? shownView(path, view.zoom, item.exhibitRef, copy) : nothingView(visit, path, view)}`
  return staffPage(visit, {
    title,
    body,
    wide: true,
    back: { href: path, text: `Back to exhibit ${item.exhibitRef}` },
  })
}

function shownView(path: string, zoom: Zoom, reference: string, copy: MadeSafeCopy): Html {
  const scale = zoom === 'page' ? 1 : Number(zoom) / 100
  const across = Math.max(1, Math.round(copy.shownWidth * scale))
  const down = Math.max(1, Math.round(copy.shownHeight * scale))
  const drawn = html`<img class="picture${zoom === 'page' ? ' picture--fits' : ''}" src="${path}/picture/whole" alt="What exhibit ${reference} shows" width="${across}" height="${down}">`
  return html`${subNavigation({
    label: 'Size of the picture',
    items: zooms.map(each => ({
      text: each === 'page' ? 'As wide as the page' : `${each} %`,
      href: `${path}/picture?size=${each}`,
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
