import type { CardId } from '../foundation/ids.ts'
import type { ActionState, PlanAction } from './action.ts'
import type { Plan } from './plan.ts'

/** The status of a card of the lock-out plan, as the safety plan gets it. */
export type FollowedCardState = 'to-do' | 'go' | 'done' | 'could-not' | 'out'

/**
 * The plan, with every action that was made from a card in the state of its card. What became of a card is said only
 * on the card, because what must be true first is judged there. The action follows it and is never ahead.
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
      // Nobody knows any more what it was before its card moved on, so it waits.
      return state === 'done' || state === 'scheduled' ? 'safety-gated' : state
  }
}
