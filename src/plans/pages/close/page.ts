import { addMonths } from '../../../foundation/calendar-day.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { type ActCheck, findActCheck, showActCheck } from '../../../identity/check-act.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import type { Answer } from '../../../web/answer.ts'
import { button } from '../../../web/components/button.ts'
import { type FieldWriter, fieldWriter } from '../../../web/field-writer.ts'
import { newOnce, startForm } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import { readForm } from '../../../web/read-form.ts'
import { type FormFields, fieldText, type PageRequest } from '../../../web/request.ts'
import { loadPlanFile } from '../../operations/load-plan.ts'
import { outcomes, type Plan, sayPlanOutcome } from '../../plan.ts'
import { type PlanChange, sayPlanRefusal } from '../../plan-change.ts'
import { feltItems } from '../parts/felt-field.ts'
import { keepInPlan } from '../parts/keep-in-plan.ts'
import { planPage } from '../parts/plan-frame.ts'
import { planClosingForm, readReopening } from './form.ts'

type Direction = 'close' | 'reopen'

/** Asks how it ended before a plan is closed. */
export async function askForPlanClosing(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const file = await load(visit)
  return file.plan?.closing === null
    ? showActCheck(visit, request.form, closingOf(visit, file.plan, file.revision))
    : show(visit, 'close', new Map(), [], 200)
}

/** Closes the plan with its outcome, after what follows was read. */
export async function takePlanClosing(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form } = request
  const file = await load(visit)
  if (file.plan?.closing !== null) return show(visit, 'close', form, [], 409)
  const read = readForm(planClosingForm, form)
  const check = closingOf(visit, file.plan, file.revision)
  const page = findActCheck(visit, form, check, read.ok ? [] : read.problems)
  if (page || !read.ok) return page ?? show(visit, 'close', form, [], 422)
  return change(visit, 'close', form, { kind: 'close', seen: file.revision, ...read.value })
}

function closingOf(visit: CaseVisit, plan: Plan, revision: number): ActCheck {
  const path = `/cases/${visit.caseId}/plan`
  const open = plan.actions.filter(
    each => !['done', 'declined-by-client', 'reversed'].includes(each.state),
  ).length
  return {
    title: 'Close the safety plan?',
    follows: [
      'Close it because the client and those who work with them agree that it may. Silence alone does not mean that it is safe.',
      open === 0
        ? 'No action of it is still open.'
        : `${open === 1 ? 'One action is' : `${open} actions are`} still open and will not be taken further.`,
      'No review of it falls due any more, by date or after an incident.',
      'The client’s own page says that it is closed. Nothing is deleted.',
    ],
    undo: 'Reopen the plan on its page, with everything that was in it and a new end.',
    action: `${path}/close`,
    fields: { seen: String(revision) },
    asks: closeFields,
    button: 'Close the plan',
    back: { href: path, text: 'Back to the safety plan' },
  }
}

const load = (visit: CaseVisit) =>
  visit.onCase(transaction => loadPlanFile(visit.clinic, transaction, visit.caseId))

/** Asks until when, before a plan is opened again. */
export function askForReopening(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(visit, 'reopen', new Map(), [], 200)
}

/** Opens the plan again, with everything that was in it. */
export async function takeReopening(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form } = request
  const read = readReopening(form)
  if (!read.ok) return show(visit, 'reopen', form, read.problems, 422)
  return change(visit, 'reopen', form, { kind: 'reopen', seen: seenIn(form), ...read.value })
}

async function change(
  visit: CaseVisit,
  direction: Direction,
  form: FormFields,
  made: PlanChange,
): Promise<Answer> {
  const field = direction === 'close' ? 'outcome' : 'endsOn-day'
  return keepInPlan(visit, form, made, ({ because, message }) => {
    const problem = { field, message: message ?? sayPlanRefusal(because, null) }
    return show(visit, direction, form, [problem], because === 'extension-not-right' ? 422 : 409)
  })
}

function seenIn(form: FormFields): number {
  return Number(fieldText(form, 'seen')) || 0
}

async function show(
  visit: CaseVisit,
  direction: Direction,
  typed: FormFields,
  problems: readonly FormProblem[],
  status: number,
): Promise<Answer> {
  const { plan, revision, today } = await load(visit)
  const title = direction === 'close' ? 'Close the plan' : 'Reopen the plan'
  const isRight = plan !== null && (plan.closing === null) === (direction === 'close')
  if (!isRight) {
    const because = !plan ? 'no-plan' : plan.closing ? 'plan-is-closed' : 'plan-is-open'
    const id = direction === 'close' ? 'outcome' : 'endsOn-day'
    const body = html`<p class="govuk-body" id="${id}">${sayPlanRefusal(because, plan)}.</p>`
    return planPage(visit, { title, problems, body, status })
  }
  const seen = status === 409 || typed.size === 0 ? revision : seenIn(typed)
  const body = startForm(
    { action: `/cases/${visit.caseId}/plan/${direction}`, csrfToken: visit.csrfToken, once: newOnce() },
    html`<input type="hidden" name="seen" value="${seen}">`,
    direction === 'close'
      ? closeFields(fieldWriter(typed, problems))
      : reopenFields(typed, problems, addMonths(today, 3)),
    button({ text: title, preventDoubleClick: true }),
  )
  return planPage(visit, { title, problems, body, status })
}

function closeFields({ choose, words }: FieldWriter): Html {
  return html`${choose(
    'outcome',
    'How is it now, compared with the start?',
    outcomes.map(value => ({ value, text: sayPlanOutcome(value) })),
  )}${choose('safetyAtEnd', 'How safe does the client feel now? (optional)', feltItems, { inline: true })}${words(
    'note',
    'Why it is closed (optional)',
  )}`
}

function reopenFields(typed: FormFields, problems: readonly FormProblem[], usual: string): Html {
  const [year = '', month = '', day = ''] = usual.split('-')
  const filled: FormFields =
    typed.size > 0
      ? typed
      : new Map([
          ['endsOn-day', [day]],
          ['endsOn-month', [month]],
          ['endsOn-year', [year]],
        ])
  const { date, words } = fieldWriter(filled, problems)
  return html`${date('endsOn', 'When does the plan end now?', {
    hint: 'Within 6 months from today',
  })}${words('note', 'Why it is reopened (optional)')}`
}
