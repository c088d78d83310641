import type { Party } from '../../../cases/operations/list-consents.ts'
import { sayDay } from '../../../foundation/calendar-day.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { table } from '../../../web/components/table.ts'
import { tag } from '../../../web/components/tag.ts'
import { type Html, html } from '../../../web/html.ts'
import {
  type ActionState,
  type Owner,
  type PlanAction,
  sayActionPlainly,
  sayActionState,
  sayGate,
} from '../../action.ts'
import type { PlanFile } from '../../operations/load-plan.ts'
import type { Plan } from '../../plan.ts'

/** The actions in their order, each with its gates and a link to change it. */
export function actionsView(visit: CaseVisit, file: PlanFile, plan: Plan, mayChange: boolean): Html {
  const heading = html`<h2 class="govuk-heading-m">Actions</h2>`
  if (plan.actions.length === 0)
    return html`${heading}<p class="govuk-body">There are no actions yet. Up to three are agreed at an appointment.</p>`
  return html`${heading}${scrollingRegion({
    label: 'Actions',
    html: table({
      caption: 'Actions in the order in which they are taken',
      captionClasses: 'govuk-visually-hidden',
      head: [{ text: 'Action' }, { text: 'Who' }, { text: 'First' }, { text: 'Due' }, { text: 'State' }],
      rows: plan.actions.map((action, index) => [
        {
          html: html`${index + 1}. ${
            mayChange
              ? html`<a class="govuk-link" href="/cases/${visit.caseId}/plan/actions/${action.actionId}"><bdi>${action.words}</bdi></a>`
              : html`<bdi>${action.words}</bdi>`
          }${sayOnCopy(action, index + 1)}`,
        },
        { text: sayOwner(action.owner, file.agencies) },
        { html: gatesView(action) },
        { text: sayDue(action, file.today) },
        { html: tag({ text: sayActionState(action.state), classes: colourOf(action.state) }) },
      ]),
    }),
  })}`
}

/** What the client’s copy says in place of the words of an action; nothing where it says the same. */
function sayOnCopy(action: PlanAction, number: number): Html {
  const onCopy = sayActionPlainly(action, number)
  if (action.state === 'reversed' || onCopy === action.words) return html``
  return html`<br><span class="govuk-body-s">On the client’s copy: <bdi>${onCopy}</bdi></span>`
}

/** Whose action it is. If the agency is no longer a party, it says so. */
export function sayOwner(owner: Owner, agencies: readonly Party[]): string {
  if (owner.kind === 'client') return 'The client'
  const agency = agencies.find(each => each.agencyId === owner.agencyId)
  if (!agency) return 'An agency that left'
  return agency.isParty ? agency.name : `${agency.name} (no longer party to this case)`
}

/** The gates of an action, each met or not. */
export function gatesView(action: Pick<PlanAction, 'gates' | 'readyWith' | 'cardId'>): Html {
  if (action.cardId !== null) return html`As its card of the lock-out plan says`
  if (action.gates.length === 0) return html`Nothing`
  return html`${action.gates.map(
    gate =>
      html`<div>${gate.isMet ? 'Met' : 'Not yet'}: <bdi>${sayGate(gate.kind, action.readyWith)}</bdi></div>`,
  )}`
}

function sayDue(action: PlanAction, today: string): string {
  if (action.dueOn === null) return 'No date'
  const isOver = ['done', 'declined-by-client', 'reversed'].includes(action.state)
  return !isOver && action.dueOn < today ? `${sayDay(action.dueOn)}, overdue` : sayDay(action.dueOn)
}

function colourOf(state: ActionState): string {
  switch (state) {
    case 'proposed':
      return 'govuk-tag--grey'
    case 'safety-gated':
      return 'govuk-tag--yellow'
    case 'evidence-captured':
      return 'govuk-tag--purple'
    case 'scheduled':
      return 'govuk-tag--blue'
    case 'done':
      return 'govuk-tag--green'
    case 'declined-by-client':
    case 'reversed':
      return 'govuk-tag--grey'
  }
}
