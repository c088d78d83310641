import { loadProfile } from '../../../directory/operations/load-profile.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import type { StaffVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { table } from '../../../web/components/table.ts'
import { html } from '../../../web/html.ts'
import type { PageRequest } from '../../../web/request.ts'
import { listOpenTasks } from '../../operations/list-tasks.ts'
import { sayTask, sayTaskReason } from '../../task.ts'

/** What only a person can do, in every case that they may see: codes in words, and no name. */
export async function showTasks(_request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const { tasks, zone } = await visit.clinic.database.transaction(visit.actor, async transaction => ({
    tasks: await listOpenTasks(transaction),
    zone: (await loadProfile(transaction)).timeZone,
  }))
  const body = html`<h1 class="govuk-heading-l">Tasks</h1>${
    tasks.length === 0
      ? html`<p class="govuk-body">There is nothing to do.</p>`
      : scrollingRegion({
          label: 'Tasks',
          html: table({
            caption: 'The oldest first',
            captionClasses: 'govuk-visually-hidden',
            head: ['Case', 'What to do', 'Why', 'Since'].map(text => ({ text })),
            rows: tasks.map(each => [
              {
                html: html`<a class="govuk-link" href="/cases/${each.caseId}/contact">${each.reference}</a>`,
              },
              { text: sayTask(each) },
              { text: sayTaskReason(each) },
              { text: sayMoment(each.raisedAt, zone) },
            ]),
          }),
        })
  }`
  return showPage(staffPage(visit, { title: 'Tasks', body, wide: true }))
}
