import { sayDay } from '../../../foundation/calendar-day.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import type { CardId } from '../../../foundation/ids.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { button } from '../../../web/components/button.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import { type PlanAction, sayActionPlainly, sayActionState, sayGate } from '../../action.ts'
import { findNextStates } from '../../action-steps.ts'
import type { PlanFile } from '../../operations/load-plan.ts'
import { actionFieldsView } from '../parts/action-view.ts'
import { gatesView, sayOwner } from '../parts/actions-view.ts'

/** An action as a form has it. */
export function fillFromAction(action: PlanAction, place: number): FormFields {
  const [year = '', month = '', day = ''] = action.dueOn?.split('-') ?? []
  return new Map([
    ['words', [action.words]],
    ['plain', [action.plainWords]],
    ['show', action.mayShowWords ? ['yes'] : []],
    ['owner', [action.owner.kind === 'client' ? 'client' : action.owner.agencyId]],
    ['due-day', [day]],
    ['due-month', [month]],
    ['due-year', [year]],
    ['gates', action.gates.map(gate => gate.kind)],
    ['met', action.gates.filter(gate => gate.isMet).map(gate => gate.kind)],
    ['ready', [action.readyWith]],
    ['place', [String(place)]],
  ])
}

/** One action on a page: its state and the states it may go to; and what it says, for changing. */
export function actionView(
  visit: CaseVisit,
  view: {
    readonly action: PlanAction
    readonly place: number
    readonly file: PlanFile
    readonly typed: FormFields
    /** Set when what was typed was refused: then what is saved now is above it. */
    readonly wasTyped: boolean
    readonly problems: readonly FormProblem[]
    readonly once: string
  },
): Html {
  const { action, file, typed, problems, once } = view
  const path = `/cases/${visit.caseId}/plan/actions/${action.actionId}`
  const seen = html`<input type="hidden" name="seen" value="${file.revision}">`
  const { tick, line, choose } = fieldWriter(typed, problems)
  const row = (key: string, value: Html) => ({ key: { text: key }, value: { html: value } })
  const isOpen = file.plan?.closing === null
  return html`${view.wasTyped && html`<h2 class="govuk-heading-m">As it is now</h2>`}${summaryList({
    rows: [
      row('Action', html`<bdi>${action.words}</bdi>`),
      row('On the client’s copy', html`<bdi>${sayActionPlainly(action, view.place)}</bdi>`),
      row('Who', html`${sayOwner(action.owner, file.agencies)}`),
      row('First', gatesView(action)),
      row('Due', html`${action.dueOn ? sayDay(action.dueOn) : 'No date'}`),
      row('State', html`${sayActionState(action.state)}`),
    ],
  })}${isOpen && action.cardId !== null ? cardPart(visit, action.cardId) : html``}${
    isOpen &&
    action.cardId === null &&
    startForm(
      { action: `${path}/step`, csrfToken: visit.csrfToken },
      seen,
      choose(
        'to',
        'Where does it stand now?',
        findNextStates(action.state).map(state => ({ value: state, text: sayActionState(state) })),
      ),
      button({ text: 'Move it on', preventDoubleClick: true }),
    )
  }${
    isOpen &&
    html`<h2 class="govuk-heading-m">Change it</h2>${startForm(
      { action: path, csrfToken: visit.csrfToken, once },
      seen,
      tick(
        'met',
        'What is true already?',
        action.gates.map(gate => ({ value: gate.kind, text: sayGate(gate.kind, action.readyWith) })),
        { hint: 'What is not true any more takes the action back to waiting' },
      ),
      actionFieldsView(typed, problems, '', file.agencies),
      line('place', 'Its place in the order', { width: 'govuk-input--width-2' }),
      button({ text: 'Save', classes: 'govuk-button--secondary', preventDoubleClick: true }),
    )}`
  }`
}

/** Where the state of an action comes from that was made from a card. */
function cardPart(visit: CaseVisit, cardId: CardId): Html {
  return html`<p class="govuk-body">This action follows its card of the lock-out plan, where what must be true first is judged. ${
    visit.sees('map', 'read')
      ? html`<a class="govuk-link" href="/cases/${visit.caseId}/map/lock-out/cards/${cardId}">Say there how it went</a>.`
      : 'The person who works on the map says there how it went.'
  }</p>`
}
