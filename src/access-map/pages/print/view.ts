import { table } from '../../../web/components/table.ts'
import { type Html, html } from '../../../web/html.ts'
import type { PlainThing } from '../../lock-out/plain-things.ts'
import { layOutPicture } from '../../picture/lay-out-picture.ts'
import type { MadePicture } from '../../picture/make-picture.ts'
import type { Picture } from '../../picture/picture-of-reach.ts'
import { legendView } from '../parts/legend-view.ts'
import { pictureView } from '../parts/picture-view.ts'
import { neutralBeliefs, speakNeutrally } from './neutral-words.ts'

/** In the tab, in the history and on the paper. */
export const sheetTitle = 'Devices and accounts'

const toPrint = 'This is the sheet as it is printed: from the menu of your browser, choose to print.'

/** What a client may take with them: what they have, by its letters, and what goes together. */
export function clientSheetView(map: string, things: readonly PlainThing[]): Html {
  return html`<div class="not-printed"><p class="govuk-body">${toPrint} It is for the client. Ask them first whether paper is safe to keep.</p>
<p class="govuk-body">Somebody else may read it: so it has no name, nobody stands on it, and it does not say what anybody reaches. Each thing has the letter and the word that it has on <a class="govuk-link" href="${map}/lock-out/print">the steps on paper</a>.</p>
<p class="govuk-body"><a class="govuk-link" href="${map}/print?for=file">The picture of what is reached, for the file alone</a></p></div>
<h1 class="govuk-heading-l">${sheetTitle}</h1>
${
  things.length === 0
    ? html`<p class="govuk-body">Nothing yet.</p>`
    : table({
        caption: 'What there is',
        captionClasses: 'govuk-visually-hidden',
        head: [{ text: 'Which' }, { text: 'Goes with' }],
        rows: things.map(({ name, goesWith }) => [
          { html: html`<bdi>${name}</bdi>` },
          { text: goesWith.join(', ') },
        ]),
      })
}`
}

/** The picture for the file: it names nobody’s suspicion, but what the client calls things and who opens them stand on it. */
export function fileSheetView(map: string, { picture, arrangement }: MadePicture): Html {
  const neutral = speakNeutrally(picture)
  return html`<div class="not-printed"><p class="govuk-body">${toPrint} It is for those who work with the client, and not for the client: whoever reads it learns what is known of who opens what. What the client calls things is printed as it stands.</p>
<p class="govuk-body"><a class="govuk-link" href="${map}/print">The sheet that the client may take with them</a></p></div>
<h1 class="govuk-heading-l">${sheetTitle}</h1><p class="govuk-body"><strong>For the file alone. Not to be handed over or left lying.</strong></p>
${neutral.nodes.length === 1 ? html`<p class="govuk-body">Nothing yet.</p>` : pictureSheetView(neutral, layOutPicture(neutral, arrangement, 'half'))}`
}

function pictureSheetView(picture: Picture, laid: Parameters<typeof pictureView>[0]['laid']): Html {
  const labels = new Map(picture.nodes.map(node => [node.id, node.label]))
  const rows = picture.nodes.filter(node => node.role === 'thing' || node.role === 'person')
  const list = (lines: Picture['lines'], end: 'from' | 'to'): string =>
    lines.map(line => `${labels.get(line[end]) ?? ''} (${neutralBeliefs[line.belief]})`).join(', ')
  return html`${legendView(neutralBeliefs)}<div class="reach-print">${pictureView({
    id: 'sheet',
    form: 'half',
    title: sheetTitle,
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
