import type { AccessMap, Belief, MapStep } from '../reach/map.ts'
import { makeNaiveClosure, type NaiveClosure } from '../reach/naive-closure.ts'

export type OrderFault = {
  readonly step: string
  /** The condition of the order that fails, by its letter in the decision record. */
  readonly condition: 'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'missing'
}

/**
 * Replays an order step by step on the map as it was written, and reports which condition fails where:
 *
 * a. what comes first is done, and what saves the evidence it destroys is done;
 * b. the client holds everything the step needs before it is taken;
 * c. the suspected person holds nothing the step exposes;
 * d. the suspected person cannot already use anything that exists because of the step;
 * e. the step opens nothing new to the suspected person;
 * f. the client loses nothing they keep and held at the start.
 */
export function verifyStepOrder(
  map: AccessMap,
  level: Belief,
  order: readonly string[],
  on?: string,
  closure: NaiveClosure = makeNaiveClosure(map, level, on),
): readonly OrderFault[] {
  const stepOf = new Map(map.steps.map(step => [step.id, step]))
  const plan = new Set(order)
  const faults: OrderFault[] = []
  let done: ReadonlySet<string> = new Set()
  let ofSuspect = closure('suspect', done)
  let ofClient = closure('client', done)
  const kept = map.keep.filter(node => ofClient.has(node))
  const rulesOfStep = new Map<string, typeof map.rules>()
  for (const rule of map.rules) {
    if (rule.who === 'client') continue
    for (const step of rule.if) rulesOfStep.set(step, [...(rulesOfStep.get(step) ?? []), rule])
  }
  const spokenOf = new Set(
    map.rules.flatMap(rule => (rule.who === 'suspect' ? [] : [...rule.unless, ...rule.if])),
  )
  for (const id of order) {
    const step = stepOf.get(id)
    if (!step) {
      faults.push({ step: id, condition: 'missing' })
      continue
    }
    const next = new Set([...done, id])
    const ofSuspectNext = closure('suspect', next)
    // A step that no rule of the client names changes nothing for them.
    const ofClientNext = spokenOf.has(id) ? closure('client', next) : ofClient
    const fails = (condition: OrderFault['condition'], isWrong: boolean): void => {
      if (isWrong) faults.push({ step: id, condition })
    }
    fails('a', !isItsTurn(map, step, plan, done))
    fails('b', !step.needs.every(node => ofClient.has(node)))
    fails(
      'c',
      step.exposes.some(node => ofSuspect.has(node)),
    )
    fails(
      'd',
      (rulesOfStep.get(id) ?? []).some(
        rule =>
          closureCounts(rule, level, on) &&
          rule.if.every(other => next.has(other)) &&
          !rule.unless.some(other => next.has(other)) &&
          rule.from.every(node => ofSuspect.has(node)),
      ),
    )
    fails('e', !isWithin(ofSuspectNext, ofSuspect))
    fails(
      'f',
      kept.some(node => !ofClientNext.has(node)),
    )
    done = next
    ofSuspect = ofSuspectNext
    ofClient = ofClientNext
  }
  return faults
}

function isWithin(part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean {
  for (const each of part) if (!whole.has(each)) return false
  return true
}

function isItsTurn(
  map: AccessMap,
  step: MapStep,
  plan: ReadonlySet<string>,
  done: ReadonlySet<string>,
): boolean {
  if (step.after.some(other => plan.has(other) && !done.has(other))) return false
  return step.destroys.every(id => {
    const preservedBy = map.evidence.find(each => each.id === id)?.preservedBy ?? []
    const planned = preservedBy.filter(other => plan.has(other) && other !== step.id)
    return planned.length === 0 || planned.some(other => done.has(other))
  })
}

function closureCounts(rule: AccessMap['rules'][number], level: Belief, on: string | undefined): boolean {
  const strength = { known: 2, suspected: 1, possible: 0 }
  if (strength[rule.belief] < strength[level]) return false
  return on === undefined || ((rule.since ?? on) <= on && (rule.until ?? on) >= on)
}
