import { sayDay } from '../../../foundation/calendar-day.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import { findCarriers } from '../../leaks/carriers.ts'
import type { LeakDay } from '../../leaks/leak-log.ts'
import { listReadingPlaces } from '../../leaks/reading-places.ts'
import type { LeakFile } from '../../operations/load-leaks.ts'
import { leakDayFieldsView } from '../parts/leak-day-view.ts'

export type LeakDayView = {
  readonly file: LeakFile
  readonly day: LeakDay
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
  readonly once: string
}

/** One day: what was known, where the client was, and every thing that may have carried it. */
export function leakDayView(visit: CaseVisit, view: LeakDayView): Html {
  const { file, day, typed, problems, once } = view
  const base = `/cases/${visit.caseId}/map/leaks`
  const action = `${base}/days/${day.dayId}`
  const seen = html`<input type="hidden" name="seen" value="${String(file.revision)}">`
  return staffPage(visit, {
    title: titleWithProblems('A day of the leak finder', problems),
    wide: true,
    back: { href: `${base}#days`, text: 'Back to the days' },
    body: html`${caseNavigation(visit, 'map')}${problemSummary(problems)}
<h1 class="govuk-heading-l">${sayDay(day.on)}: <bdi>${day.what}</bdi></h1>
${day.isGone && insetText({ text: 'This day was taken away. It is not in the ranking.' })}
${day.incident !== null && visit.sees('chronology', 'read') && html`<p class="govuk-body">Taken over from <a class="govuk-link" href="/cases/${visit.caseId}/incidents/${day.incident}">an incident of the chronology</a>.</p>`}
<h2 class="govuk-heading-m">Correct what was entered</h2>
<p class="govuk-body">A correction is a new state; what was entered before stays readable. When the kind of thing, the date or where the client was changes, the map proposes again what carried it.</p>
${startForm({ action, csrfToken: visit.csrfToken, once }, seen, leakDayFieldsView(typed, problems, listReadingPlaces(file.context.inventory, file.context.catalogue), button({ text: 'Save the correction', preventDoubleClick: true })))}
<h2 class="govuk-heading-m govuk-!-padding-top-4">What carried it</h2>
${startForm(
  { action: `${action}/carriers`, csrfToken: visit.csrfToken },
  seen,
  carrierTicks(view),
  button({ text: 'Keep these ticks', classes: 'govuk-button--secondary', preventDoubleClick: true }),
)}
${startForm(
  { action: `${action}/gone`, csrfToken: visit.csrfToken },
  html`<input type="hidden" name="gone" value="${day.isGone ? 'no' : 'yes'}">`,
  button({
    text: day.isGone ? 'Put this day back' : 'Take this day away',
    classes: day.isGone ? 'govuk-button--secondary' : 'govuk-button--warning',
    preventDoubleClick: true,
  }),
)}`,
  })
}

function carrierTicks({ file, day, problems }: LeakDayView): Html {
  const { context: basis } = file
  const carrying = basis.finder(day)
  const ticked = findCarriers(day, basis.finder)
  const { tick } = fieldWriter(new Map([['carriers', ticked]]), problems)
  return tick(
    'carriers',
    'Which things carried it that day?',
    basis.inventory.things.map(({ thingId, label, isGone }) => {
      const sure = carrying.get(thingId)
      const hint = [
        sure === 'surely' ? 'By the map, it did.' : sure === 'perhaps' ? 'By the map, perhaps.' : '',
        isGone ? 'They no longer have it.' : '',
      ]
        .filter(Boolean)
        .join(' ')
      return { value: thingId, text: label, ...(hint === '' ? {} : { hint }) }
    }),
    { hint: 'By what each thing learns, and by where the client was. A person knows better than the map.' },
  )
}
