import { findReach } from '../../../access-engine/reach/reach.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffAlarms } from '../../../identity/staff-page.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { type Html, html } from '../../../web/html.ts'
import { layoutPage } from '../../../web/layout.ts'
import type { PageRequest } from '../../../web/request.ts'
import { loadCatalogue } from '../../inventory/load-catalogue.ts'
import { drawUpCase } from '../../operations/draw-up-case.ts'
import { layOutPicture } from '../../picture/lay-out-picture.ts'
import { makePicture } from '../../picture/make-picture.ts'
import type { Picture } from '../../picture/picture-of-reach.ts'
import { legendView } from '../parts/legend-view.ts'
import { pictureView } from '../parts/picture-view.ts'
import { neutralBeliefs, speakNeutrally } from './neutral-words.ts'

/** As many rows as stay readable on a sheet of A4. */
const mostOnPaper = 18

/**
 * The picture as a sheet that a client may take with them. Its title says what it shows, devices and accounts. It
 * names nobody and does not say what it is about (S2).
 */
export async function showPrintedMap(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { entries } = await loadCatalogue()
  const drawn = await visit.onCase(transaction => drawUpCase(visit.clinic, transaction, visit.caseId))
  const reached = findReach(drawn.map, 'possible')
  const { picture, arrangement } = makePicture(drawn, drawn.inventory, reached, entries, {
    most: mostOnPaper,
  })
  const neutral = speakNeutrally(picture)
  const title = 'Devices and accounts'
  const body = html`<div class="not-printed"><p class="govuk-body">This is the sheet as it is printed: from the menu of your browser, choose to print. Ask the client first whether paper is safe to keep, and look at what the client calls things: that is printed as it stands.</p></div>
<h1 class="govuk-heading-l">${title}</h1>
${neutral.nodes.length === 1 ? html`<p class="govuk-body">Nothing yet.</p>` : sheet(neutral, layOutPicture(neutral, arrangement, 'half'))}`
  return showPage(
    layoutPage({
      kind: 'staff',
      title,
      body,
      first: staffAlarms(visit),
      back: { href: `/cases/${visit.caseId}/map/reach` },
    }),
  )
}

function sheet(picture: Picture, laid: Parameters<typeof pictureView>[0]['laid']): Html {
  const labels = new Map(picture.nodes.map(node => [node.id, node.label]))
  const rows = picture.nodes.filter(node => node.role === 'thing' || node.role === 'person')
  const list = (lines: Picture['lines'], end: 'from' | 'to'): string =>
    lines.map(line => `${labels.get(line[end]) ?? ''} (${neutralBeliefs[line.belief]})`).join(', ')
  return html`${legendView(neutralBeliefs)}<div class="reach-print">${pictureView({
    id: 'sheet',
    form: 'half',
    title: 'Devices and accounts',
    description: 'What opens each device and account, and what each of them shows.',
    inWords: 'in-words',
    laid,
  })}</div>
<h2 class="govuk-heading-m" id="in-words">In words</h2>
<dl class="govuk-summary-list reach-sheet">${rows.map(row => {
    const into = picture.lines.filter(line => line.to === row.id)
    const out = picture.lines.filter(line => line.from === row.id && line.to.startsWith('info-'))
    return html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key"><bdi>${row.label}</bdi></dt><dd class="govuk-summary-list__value">${
      into.length === 0
        ? 'Not shared.'
        : html`<bdi>Opened by: ${list(into, 'from')}.${out.length > 0 && ` Shows: ${list(out, 'to')}.`}</bdi>`
    }</dd></div>`
  })}</dl>`
}
