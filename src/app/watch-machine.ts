import { tellOperator } from '../contact/operations/tell-operator.ts'
import type { Clinic } from '../platform/clinic.ts'
import { codeOfTrouble } from '../platform/database-trouble.ts'
import { readMachineState } from '../platform/machine-state.ts'
import { findMachineTroubles } from '../platform/machine-trouble.ts'

/** In milliseconds. */
const between = 5 * 60_000

/**
 * Looks at the machine every five minutes and has the person who looks after it told. Not a job of the queue: a queue that
 * stands could not tell of itself.
 */
export function watchMachine(clinic: Clinic): { readonly stop: () => void } {
  let isLooking = false
  const look = async (): Promise<void> => {
    if (isLooking) return
    isLooking = true
    try {
      const state = await readMachineState(clinic)
      // With the database away nothing can be kept of what was told; /ready says it then.
      if (state?.queue) await tellOperator(clinic, findMachineTroubles(state, clinic.clock.now()))
    } catch (cause) {
      clinic.log('machine-not-watched', { code: codeOfTrouble(cause) })
    } finally {
      isLooking = false
    }
  }
  const timer = setInterval(() => void look(), between)
  timer.unref()
  const first = setTimeout(() => void look(), 20_000)
  first.unref()
  return {
    stop: () => {
      clearInterval(timer)
      clearTimeout(first)
    },
  }
}
