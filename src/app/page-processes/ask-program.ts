import { type CalculateApart, CalculationEnded } from '../../platform/calculation.ts'
import { TooBusy } from '../../platform/fair-turns.ts'
import { Fault } from '../../platform/fault.ts'
import { carryCode } from '../../platform/fault-code.ts'
import type { TakeTurn } from '../../platform/shared-turns.ts'
import type { NoResult } from '../../platform/why-ended.ts'
import { busyCode } from './answer-questions.ts'
import type { FromProcess, FromProgram, ProcessQuestion } from './message.ts'

/** What a process asks of the program that started it. */
export type AskProgram = {
  readonly takeTurn: TakeTurn
  readonly calculate: CalculateApart
  readonly canWrite: () => Promise<boolean>
  /** Takes an answer, or a refusal. */
  readonly hear: (message: Extract<FromProgram, { readonly is: 'answer' | 'refusal' }>) => void
}

/** A program that is gone answers nothing, and the process ends with it. */
export function askProgram(say: (message: FromProcess) => void): AskProgram {
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (fault: Error) => void }>()
  let last = 0
  const ask = (question: ProcessQuestion): { readonly number: number; readonly answer: Promise<unknown> } => {
    last += 1
    const number = last
    const answer = new Promise<unknown>((resolve, reject) => waiting.set(number, { resolve, reject }))
    say({ is: 'ask', number, question })
    return { number, answer }
  }
  return {
    takeTurn: async (queue, limits, lane, work) => {
      const { number, answer } = ask({ for: 'turn', queue, limits, lane })
      await answer
      try {
        return await work()
      } finally {
        say({ is: 'end', number })
      }
    },
    calculate: async (name, input, limit, signal) => {
      if (signal?.aborted) throw new CalculationEnded('given-up')
      const { number, answer } = ask({ for: 'calculation', name, input, limit })
      const giveUp = (): void => say({ is: 'end', number })
      signal?.addEventListener('abort', giveUp, { once: true })
      try {
        return await answer
      } finally {
        signal?.removeEventListener('abort', giveUp)
      }
    },
    canWrite: async () => (await ask({ for: 'write-check' }).answer) === true,
    hear: message => {
      const asked = waiting.get(message.number)
      waiting.delete(message.number)
      if (message.is === 'answer') asked?.resolve(message.result)
      else asked?.reject(faultOf(message.code))
    },
  }
}

function faultOf(code: string): Error {
  if (code === busyCode) return new TooBusy()
  const [, why] = /^calculation-(time|memory|busy|given-up|ended)$/.exec(code) ?? []
  if (why !== undefined) return new CalculationEnded(why as NoResult)
  return new Fault(carryCode({ code }), 'Work that the program does for its processes failed.')
}
