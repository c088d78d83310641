import type { Inventory, InventoryStatement, Thing } from './inventory.ts'

/** How many days an answer counts as it was given. After that, nobody knows whether it is still so. */
export const factDays = 90

/**
 * The inventory with old answers taken as what they are worth now. An old “no” becomes not known; where things were
 * named, there may be others by now. What gives the suspected person something stays as it was said: ageing an answer
 * never takes anything from them.
 */
export function ageFacts(inventory: Inventory, isOld: (thing: Thing) => boolean): Inventory {
  return {
    ...inventory,
    things: inventory.things.map(thing => {
      if (!isOld(thing)) return thing
      const answers: Record<string, Thing['answers'][string]> = {}
      for (const [question, said] of Object.entries(thing.answers)) {
        const aged = Object.entries(said).map(([basis, statement]) => [basis, ageStatement(statement)])
        answers[question] = Object.fromEntries(aged)
      }
      return { ...thing, answers }
    }),
  }
}

function ageStatement(statement: InventoryStatement): InventoryStatement {
  return statement.belief === 'no' || statement.things.length > 0
    ? { ...statement, belief: 'unknown' }
    : statement
}

/** The revision in which somebody last went through the answers about a thing. */
export function askedIn(thing: Thing): number {
  return thing.askedIn ?? thing.changedIn
}
