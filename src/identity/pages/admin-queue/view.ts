import type { PageOfList } from '../../../foundation/page-of-list.ts'
import type { ParkedJob } from '../../../platform/jobs.ts'
import { listCount, listPages } from '../../../web/components/list-pages.ts'
import { listTable } from '../../../web/components/list-table.ts'
import { startForm } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import type { StaffVisit } from '../../route.ts'
import { sayStop, sayWork } from '../../say-stopped-work.ts'
import { staffPage } from '../../staff-page.ts'

/** The work that the program tried several times and gave up on. */
export function queueView(visit: StaffVisit, jobs: PageOfList<ParkedJob>): Html {
  const pages = { list: jobs, one: 'piece of work', many: 'pieces of work', address: '/admin/queue' }
  const lines = listTable({
    caption: 'Work that stopped, the oldest first',
    head: ['Work', 'Tries', 'Why it stopped', 'Since', 'Change'],
    rows: jobs.lines.map(job => [
      { text: sayWork(job.name) },
      { text: String(job.attempts) },
      { text: sayStop(job.lastFault) },
      { text: job.since.toISOString().slice(0, 16).replace('T', ' ') },
      {
        html: html`${act(visit, job, 'retry', 'Try again')}${act(visit, job, 'cancel', 'Cancel')}`,
      },
    ]),
  })
  return staffPage(visit, {
    title: 'Work that stopped',
    wide: true,
    body: html`<h1 class="govuk-heading-l">Work that stopped</h1><p class="govuk-body">The program tries its own work again by itself, with longer and longer pauses. What failed every time waits here. So does work that ended its process twice, or found nothing to work on: that is not tried again by itself. Try it again when the reason is gone, or cancel it.</p>${
      jobs.count === 0
        ? html`<p class="govuk-body">Nothing waits.</p>`
        : html`${listCount(pages)}${lines}${listPages(pages)}`
    }`,
  })
}

function act(visit: StaffVisit, job: ParkedJob, what: 'retry' | 'cancel', text: string): Html {
  return startForm(
    { action: `/admin/queue/${job.jobId}/${what}`, csrfToken: visit.csrfToken },
    html`<button type="submit" class="link-button">${text}<span class="govuk-visually-hidden">: ${sayWork(job.name)}, number ${job.jobId}</span></button>`,
  )
}
