import { keepByObject } from '../../../platform/kept-by-object.ts'
import { type Html, html } from '../../../web/html.ts'
import type { PageRequest } from '../../../web/request.ts'
import type { Glance } from '../../operations/load-glance.ts'
import { layOutPicture } from '../../picture/lay-out-picture.ts'
import { makePicture } from '../../picture/make-picture.ts'
import type { ChangedBox } from '../../picture/what-changed.ts'
import { legendView } from './legend-view.ts'
import { pictureView } from './picture-view.ts'
import { capital, sayPicture } from './picture-words-view.ts'

/** With more rows than this the picture would be longer than the questions beside it. */
const mostBeside = 16
const mostChanges = 8

/** The revision that an address says was just saved. */
export function readSaved({ query }: PageRequest): number | null {
  const text = query.get('saved') ?? ''
  return /^[1-9][0-9]{0,8}$/.test(text) ? Number(text) : null
}

/** Pictures drawn lately, each of one map, with what they say; characters in all. */
const lately = keepByObject<{ readonly says: string; readonly picture: Html }>(
  8 * 1024 * 1024,
  ({ says, picture }) => 100 + says.length + picture.markup.length,
)

/** The picture with the answers so far, small, beside the questions; drawn once for each map. */
export function glanceView(base: string, glance: Glance): Html {
  const { says, picture } = lately([glance.drawn.map], () => drawGlance(glance))
  return html`<section class="reach-glance" aria-labelledby="glance-heading"><h2 class="govuk-heading-m" id="glance-heading">What they reach now</h2>
<p class="govuk-body" id="glance-words">${says} <a class="govuk-link" href="${base}/reach">The whole picture, in words too</a></p>
${picture}${legendView()}</section>`
}

function drawGlance(glance: Glance): { readonly says: string; readonly picture: Html } {
  const { drawn, reached, catalogue } = glance
  const { picture, arrangement } = makePicture(drawn, drawn.inventory, reached, catalogue.entries, {
    most: mostBeside,
  })
  const says = sayPicture(picture)
  return {
    says,
    picture: pictureView({
      id: 'glance',
      form: 'tall',
      title: 'What the suspected person reaches now',
      description: says,
      inWords: 'glance-words',
      laid: layOutPicture(picture, arrangement, 'tall'),
    }),
  }
}

/** What the answers that were just saved changed in the picture. */
export function changedView(changed: readonly ChangedBox[] | null): Html | false {
  if (changed === null) return false
  const more = changed.length - mostChanges
  return html`<div class="govuk-inset-text" role="status">${
    changed.length === 0
      ? html`<p class="govuk-body">Saved. The picture is as it was.</p>`
      : html`<p class="govuk-body">Saved. The picture changed:</p><ul class="govuk-list govuk-list--bullet">${changed
          .slice(0, mostChanges)
          .map(each => html`<li><bdi>${capital(each.label)}</bdi>: ${sayChange(each)}</li>`)}${
          more > 0 && html`<li>and ${more} more</li>`
        }</ul>`
  }</div>`
}

function sayChange({ before, now }: ChangedBox): string {
  if (before === null) return `now ${now ?? ''}`
  return now === null ? `no longer reached (was ${before})` : `now ${now}, was ${before}`
}
