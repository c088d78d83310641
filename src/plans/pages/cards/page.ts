import type { FormProblem } from '../../../foundation/decision.ts'
import { type AgencyId, parseId } from '../../../foundation/ids.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import type { Answer } from '../../../web/answer.ts'
import { button } from '../../../web/components/button.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { newOnce, readOnce, startForm } from '../../../web/form.ts'
import { html } from '../../../web/html.ts'
import { readDate } from '../../../web/read-date.ts'
import { type FormFields, fieldText, fieldValues, type PageRequest } from '../../../web/request.ts'
import type { Owner } from '../../action.ts'
import { listCards } from '../../operations/list-cards.ts'
import { loadPlanToAdd, type PlanFile } from '../../operations/load-plan.ts'
import { sayPlanRefusal } from '../../plan-change.ts'
import { keepInPlan } from '../parts/keep-in-plan.ts'
import { planPage } from '../parts/plan-frame.ts'

/** The steps of the lock-out plan that are left and can become actions of the safety plan. */
export function askForCards({ query }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const chosen = query.getAll('card').slice(0, 100)
  return show(visit, new Map([['cards', chosen]]), [], 200)
}

/** Makes actions from those that were ticked. Each follows its card from then on. */
export async function takeCards({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { file, cards } = await load(visit)
  const ticked = new Set(fieldValues(form, 'cards'))
  const chosen = (cards ?? []).filter(card => ticked.has(card.cardId))
  const owner = readOwner(fieldText(form, 'owner'), file)
  const due = readDate(form, 'due', { what: 'the day they are due', required: false })
  const problems: FormProblem[] = []
  if (chosen.length === 0) problems.push({ field: 'cards', message: 'Select at least one step' })
  if (!owner) problems.push({ field: 'owner', message: 'Select who does it' })
  if (!due.ok) problems.push(...due.problems)
  if (!owner || !due.ok || problems.length > 0) return show(visit, form, problems, 422)
  const actions = chosen.map(({ cardId, label, plainWords }) => ({
    words: label,
    plainWords,
    mayShowWords: false,
    owner,
    dueOn: due.value,
    gates: [],
    readyWith: '',
    cardId,
  }))
  return keepInPlan(visit, form, { kind: 'add', actions }, ({ because }) =>
    show(visit, form, [{ field: 'cards', message: sayPlanRefusal(because, file.plan) }], 409),
  )
}

function load(visit: CaseVisit) {
  return visit.onCase(async transaction => ({
    file: await loadPlanToAdd(visit.clinic, transaction, visit.caseId),
    cards: await listCards(visit.clinic, transaction, visit.caseId),
  }))
}

function readOwner(text: string, { agencies }: Pick<PlanFile, 'agencies'>): Owner | null {
  if (text === 'client') return { kind: 'client' }
  const agencyId = parseId<AgencyId>(text)
  const isParty = agencies.some(each => each.isParty && each.agencyId === agencyId)
  return agencyId && isParty ? { kind: 'agency', agencyId } : null
}

async function show(
  visit: CaseVisit,
  typed: FormFields,
  problems: readonly FormProblem[],
  status: number,
): Promise<Answer> {
  const { file, cards } = await load(visit)
  const { tick, choose, date } = fieldWriter(typed, problems)
  const owners = [
    { value: 'client', text: 'The client' },
    ...file.agencies.filter(each => each.isParty).map(each => ({ value: each.agencyId, text: each.name })),
  ]
  const lockOut = `/cases/${visit.caseId}/map/lock-out`
  const none =
    cards === null
      ? html`<p class="govuk-body">The access map of this case is not yours to see.</p>`
      : html`<p class="govuk-body">No step of the <a class="govuk-link" href="${lockOut}">lock-out plan</a> is left to add.</p>`
  const once = status === 409 ? newOnce() : (readOnce(typed) ?? newOnce())
  const body =
    !cards || cards.length === 0
      ? none
      : !file.plan || file.plan.closing
        ? html`<p class="govuk-body">This case has no open safety plan. <a class="govuk-link" href="/cases/${visit.caseId}/plan">Make or reopen it first</a>.</p>`
        : html`<p class="govuk-body">Each becomes an action that follows its card: what became of it is said on the card, and is shown here at once. In the client’s own view and on paper a step reads as it stands below it: the letter of a thing, a word that any household has, and what to do. Go through these with the client, so that they know what is meant; the words can be changed on the action.</p>${startForm(
            { action: `/cases/${visit.caseId}/plan/cards`, csrfToken: visit.csrfToken, once },
            tick(
              'cards',
              'Which steps?',
              cards.map(card => ({ value: card.cardId, text: card.label, hint: card.plainWords })),
            ),
            choose('owner', 'Who does it?', owners),
            date('due', 'When is it due? (optional)'),
            button({ text: 'Add to the safety plan', preventDoubleClick: true }),
          )}`
  return planPage(visit, { title: 'Steps of the lock-out plan', problems, body, status })
}
