import { loadProfile } from '../../../directory/operations/load-profile.ts'
import { readPlaceInList } from '../../../foundation/page-of-list.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import type { StaffVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { listCount, listPages } from '../../../web/components/list-pages.ts'
import { listTable } from '../../../web/components/list-table.ts'
import { html } from '../../../web/html.ts'
import type { PageRequest } from '../../../web/request.ts'
import { listOpenTasks } from '../../operations/list-tasks.ts'
import { sayTask, sayTaskReason } from '../../task.ts'

/** What only a person can do, in every case that they may see: codes in words, and no name. */
export async function showTasks({ query }: PageRequest, visit: StaffVisit): Promise<Answer> {
  const place = readPlaceInList(name => query.get(name))
  const { list, zone } = await visit.clinic.database.transaction(visit.actor, async transaction => ({
    list: await listOpenTasks(transaction, place),
    zone: (await loadProfile(transaction)).timeZone,
  }))
  const pages = { list, one: 'task', many: 'tasks', address: '/tasks' }
  const body = html`<h1 class="govuk-heading-l">Tasks</h1>${
    list.count === 0
      ? html`<p class="govuk-body">There is nothing to do.</p>`
      : html`${listCount(pages)}${listTable({
          caption: 'Tasks, the oldest first',
          head: ['Case', 'What to do', 'Why', 'Since'],
          rows: list.lines.map(each => [
            {
              html: html`<a class="govuk-link" href="/cases/${each.caseId}/contact">${each.reference}</a>`,
            },
            { text: sayTask(each) },
            { text: sayTaskReason(each) },
            { text: sayMoment(each.raisedAt, zone) },
          ]),
        })}${listPages(pages)}`
  }`
  return showPage(staffPage(visit, { title: 'Tasks', body, wide: true }))
}
