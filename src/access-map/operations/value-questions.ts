import { startHighs } from '../../access-engine/plan/highs-solver.ts'
import { planLockOut } from '../../access-engine/plan/lock-out-plan.ts'
import type { AccessMap } from '../../access-engine/reach/map.ts'
import { type Calculation, calculate, type MayCalculate } from '../../platform/calculation.ts'
import { drawUpMap } from '../inventory/draw-up-map.ts'
import { loadCatalogue } from '../inventory/load-catalogue.ts'
import { findOpenQuestions, type OpenQuestion, supposeNot } from '../inventory/open-questions.ts'
import { findCurrentMap, findLeftOut } from '../lock-out/lock-out.ts'
import type { DrawnCase } from './draw-up-case.ts'

/** Milliseconds for all questions together. */
const patience = 6_000

export type ValuedQuestion = OpenQuestion & {
  /** How much less the plan would ask, in weighted effort, if the answer turned out to be no. */
  readonly saving: number
}

export type ValuedQuestions = {
  readonly questions: readonly ValuedQuestion[]
  /** How many questions were not weighed because the time was up. */
  readonly notTried: number
}

/**
 * “Which fact matters most”: supposes for each open question that the answer is no, and plans again. The question
 * that saves most comes first. It may take seconds and holds no transaction.
 */
export function valueQuestions(
  clinic: MayCalculate,
  { inventory, map, lockOut }: DrawnCase,
): Promise<ValuedQuestions> {
  return calculate(clinic, questionValuing, { inventory, map, lockOut })
}

type Asked = Pick<DrawnCase, 'inventory' | 'map' | 'lockOut'>

export const questionValuing: Calculation<Asked, ValuedQuestions> = {
  name: 'value-questions',
  limit: 4 * patience,
  run: valueAll,
}

async function valueAll(drawn: Asked): Promise<ValuedQuestions> {
  const { entries } = await loadCatalogue()
  const open = findOpenQuestions(drawn.inventory, entries)
  if (open.length === 0) return { questions: [], notTried: 0 }
  const leftOut = drawn.lockOut ? findLeftOut(drawn.lockOut) : []
  const solver = startHighs()
  const end = solver.now() + patience
  const costOf = async (map: AccessMap): Promise<number | null> => {
    const known = new Set(map.steps.map(step => step.id))
    const leave = leftOut.filter(step => known.has(step))
    const plan = await planLockOut(map, solver, { limit: Math.max(1, end - solver.now()), wishes: { leave } })
    return plan.status === 'optimal' ? plan.cost : null
  }
  try {
    const whole = await costOf(drawn.map)
    const questions: ValuedQuestion[] = []
    let notTried = 0
    for (const question of open) {
      if (whole === null || solver.now() >= end) {
        notTried += 1
        continue
      }
      const supposed = drawUpMap(supposeNot(drawn.inventory, question), entries).map
      const cost = await costOf(findCurrentMap(supposed, drawn.lockOut))
      if (cost === null) notTried += 1
      else questions.push({ ...question, saving: whole - cost })
    }
    return { questions: questions.toSorted((one, other) => other.saving - one.saving), notTried }
  } finally {
    await solver.end()
  }
}
