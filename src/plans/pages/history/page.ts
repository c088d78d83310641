import { sayRecorded } from '../../../foundation/of-another-version.ts'
import { readPlaceInList } from '../../../foundation/page-of-list.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { listCount, listPages } from '../../../web/components/list-pages.ts'
import { listTable } from '../../../web/components/list-table.ts'
import { html } from '../../../web/html.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import type { PageRequest } from '../../../web/request.ts'
import { loadPlan, loadPlanFile, planRevisions } from '../../operations/load-plan.ts'
import type { PlanChangeCode } from '../../plan-change.ts'
import { planPage } from '../parts/plan-frame.ts'
import { planView } from '../parts/plan-view.ts'

const words = {
  'plan-made': 'The plan was made',
  'actions-added': 'Actions were added',
  'action-changed': 'An action was changed',
  'action-proposed': 'An action was proposed again',
  'action-safety-gated': 'An action waits until it is safe',
  'action-evidence-captured': 'The evidence of an action was kept',
  'action-scheduled': 'An action was scheduled',
  'action-done': 'An action was done',
  'action-declined-by-client': 'The client declined an action',
  'action-reversed': 'An action was undone again',
  'review-held': 'A review was held',
  'plan-extended': 'A review was held, and the plan extended',
  'change-told': 'Something changed',
  'plan-closed': 'The plan was closed',
  'plan-reopened': 'The plan was reopened',
} as const satisfies Readonly<Record<PlanChangeCode, string>>

/** A page of the states that the plan has had, the newest first. */
export async function showPlanHistory({ query }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const place = readPlaceInList(name => query.get(name))
  const { list, zone } = await visit.onCase(async transaction => ({
    list: await planRevisions.list(transaction, visit.caseId, place),
    zone: (await loadPlanFile(visit.clinic, transaction, visit.caseId)).zone,
  }))
  const pages = { list, one: 'state', many: 'states', address: `/cases/${visit.caseId}/plan/history` }
  const body =
    list.count === 0
      ? html`<p class="govuk-body">This case has no safety plan yet.</p>`
      : html`<p class="govuk-body">Nothing is overwritten: each state can be read as it was.</p>${listCount(pages)}${listTable(
          {
            caption: 'States of the plan, the newest first',
            head: ['When', 'What', 'Who'],
            rows: list.lines.map(line => [
              {
                html: html`<a class="govuk-link" href="/cases/${visit.caseId}/plan/history/${line.revision}">${sayMoment(line.at, zone)}</a>`,
              },
              {
                text: sayRecorded(
                  words,
                  line.change,
                  'Changed, in a way that this version of the program has no words for',
                ),
              },
              { html: html`<bdi>${line.byName}</bdi>` },
            ]),
          },
        )}${listPages(pages)}`
  return planPage(visit, { title: 'Earlier states of the plan', body })
}

/** The plan as it was at one revision, for reading. */
export async function showEarlierPlan(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const asked = Number(request.params['revision'])
  const isNumber = Number.isSafeInteger(asked) && asked > 0 && asked < 2 ** 31
  const found = await visit.onCase(async transaction => ({
    earlier: isNumber ? await loadPlan(visit.clinic, transaction, visit.caseId, asked) : null,
    file: await loadPlanFile(visit.clinic, transaction, visit.caseId),
  }))
  const { earlier, file } = found
  if (!earlier || earlier.revision !== asked) return showPage(problemPage(404), 404)
  const body = html`<p class="govuk-body">As it was then. <a class="govuk-link" href="/cases/${visit.caseId}/plan">See it as it is now</a>.</p>${planView(
    visit,
    {
      file: { ...file, plan: earlier.plan, due: [], next: null },
      plan: earlier.plan,
      mayChange: false,
      typed: new Map(),
      problems: [],
      once: '',
    },
  )}`
  return planPage(visit, { title: `Safety plan, state ${asked}`, body })
}
