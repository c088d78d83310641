import type { CaseVisit } from '../../../identity/route.ts'
import { button } from '../../../web/components/button.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { warningText } from '../../../web/components/warning-text.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import type { ReadList } from '../../device-check/check.ts'
import { checkMeaning } from '../../device-check/check-meaning.ts'
import type { ResultView } from './result-view.ts'

/** The devices of a list: what the client says of each, and which of them go on the map. */
export function devicesView(visit: CaseVisit, view: ResultView, list: ReadList): Html {
  const { thing, newest } = view
  const action = `/cases/${visit.caseId}/map/things/${thing.thingId}/check/${newest.checkId}`
  const strange = list.devices.map((device, at) => ({ ...device, at })).filter(each => each.known === false)
  return html`<h2 class="govuk-heading-m">Devices on the list</h2>
${insetText({ text: checkMeaning.deviceList })}
${list.devices.length === 0 && html`<p class="govuk-body">No line of it reads like a device.</p>`}
${list.devices.length > 0 && list.devices.every(each => each.known) && html`<p class="govuk-body"><strong>The client knows every device on the list.</strong></p>`}
${strange.length > 0 && strangeDevices(visit, view, strange, action)}
${list.devices.length > 0 && (view.mayChange ? answerForm(visit, view, list, action) : plainDevices(list))}`
}

type Strange = ReadList['devices'][number] & { readonly at: number }

function strangeDevices(
  visit: CaseVisit,
  view: ResultView,
  strange: readonly Strange[],
  action: string,
): Html {
  const lines = strange.map(
    ({ name, at, onMap }) =>
      html`<li class="govuk-!-margin-bottom-4"><bdi>${name}</bdi> is not known to the client. ${
        onMap
          ? 'It is on the map: a device of the suspected person is probably signed in.'
          : view.mayChange &&
            view.takesDevices &&
            html`<br>${button({
              html: html`Put it on the map<span class="govuk-visually-hidden">: ${name}</span>`,
              name: 'at',
              value: String(at),
              classes: 'govuk-button--secondary govuk-!-margin-top-2 govuk-!-margin-bottom-0',
              preventDoubleClick: true,
            })}`
      }</li>`,
  )
  const whole = html`<ul class="govuk-list breaks-anywhere">${lines}</ul>`
  return html`<h3 class="govuk-heading-s">Not known to the client</h3>${warningText({ text: checkMeaning.beforeRemoving })}${
    view.mayChange && view.takesDevices
      ? startForm({ action: `${action}/map`, csrfToken: visit.csrfToken }, whole)
      : whole
  }`
}

function answerForm(visit: CaseVisit, view: ResultView, list: ReadList, action: string): Html {
  const typed = new Map(
    list.devices.flatMap(({ known }, at) =>
      known === null ? [] : [[`device-${at}`, [known ? 'known' : 'not-known']] as const],
    ),
  )
  const { choose } = fieldWriter(typed, view.problems)
  return html`<h3 class="govuk-heading-s">Ask the client about each</h3>${startForm(
    { action: `${action}/devices`, csrfToken: visit.csrfToken },
    html`<input type="hidden" name="seen" value="${String(view.newest.revision)}">`,
    html`<div class="breaks-anywhere">${list.devices.map(({ name, details }, at) =>
      choose(
        `device-${at}`,
        name,
        [
          { value: 'known', text: 'The client knows it' },
          { value: 'not-known', text: 'The client does not know it' },
        ],
        { inline: true, ...(details.length > 0 ? { hint: details.join('; ') } : {}) },
      ),
    )}</div>`,
    button({ text: 'Keep these answers', preventDoubleClick: true }),
  )}`
}

function plainDevices({ devices }: ReadList): Html {
  return html`<ul class="govuk-list govuk-list--bullet breaks-anywhere">${devices.map(
    ({ name, details, known }) =>
      html`<li><bdi>${name}</bdi>${known === true && ', known to the client'}${known === null && ', not asked about yet'}${details.length > 0 && html`<br><bdi>${details.join('; ')}</bdi>`}</li>`,
  )}</ul>`
}
