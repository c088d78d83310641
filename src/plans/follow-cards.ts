import type { CardId } from '../foundation/ids.ts'
import type { ActionState, PlanAction } from './action.ts'
import type { Plan } from './plan.ts'

/** How a card of the lock-out plan stands, as the plan hears of it. */
export type FollowedCardState = 'to-do' | 'go' | 'done' | 'could-not' | 'out'

/**
 * The plan with every action that was made of a card where its card stands. What became of a card is said on the card
 * alone, because what must be true first is judged there: the action follows, and is never ahead of it.
 */
export function followCards(plan: Plan, cards: ReadonlyMap<CardId, FollowedCardState>): Plan {
  const follow = (action: PlanAction): PlanAction => {
    const cardState = action.cardId === null ? undefined : cards.get(action.cardId)
    return cardState === undefined ? action : { ...action, state: stateBy(cardState, action.state) }
  }
  return { ...plan, actions: plan.actions.map(follow) }
}

function stateBy(cardState: FollowedCardState, state: ActionState): ActionState {
  switch (cardState) {
    case 'done':
      return 'done'
    case 'go':
      return 'scheduled'
    case 'to-do':
    case 'could-not':
    case 'out':
      // What it was before its card moved on is not known any more: it waits.
      return state === 'done' || state === 'scheduled' ? 'safety-gated' : state
  }
}
