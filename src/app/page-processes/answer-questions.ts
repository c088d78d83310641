import type { CalculateApart } from '../../platform/calculation.ts'
import { TooBusy } from '../../platform/fair-turns.ts'
import { keepTurns } from '../../platform/shared-turns.ts'
import type { ProcessQuestion } from './message.ts'

/** What the program does for all processes that answer pages. */
export type Services = {
  readonly calculate: CalculateApart
  readonly canWrite: () => Promise<boolean>
}

type Reply =
  | { readonly is: 'answer'; readonly number: number; readonly result: unknown }
  | { readonly is: 'refusal'; readonly number: number; readonly code: string }

/** The questions of one process, from the moment they come until they are over. */
export type Questions = {
  readonly ask: (number: number, question: ProcessQuestion) => void
  readonly end: (number: number) => void
  /** The process has ended: its turns are over, and nobody waits for its answers. */
  readonly leave: () => void
}

/** Answers the questions of one process. */
export function answerQuestions(services: Services, send: (reply: Reply) => void): Questions {
  const open = new Map<number, () => void>()
  const answer = async (number: number, question: ProcessQuestion): Promise<unknown> => {
    if (question.for === 'write-check') return services.canWrite()
    if (question.for === 'turn') {
      const { queue, limits, lane } = question
      const over = new Promise<void>(end => open.set(number, end))
      return new Promise((begun, refused) => {
        keepTurns(queue, limits)
          .run(lane, async () => {
            begun(null)
            await over
          })
          .catch(refused)
      })
    }
    const given = new AbortController()
    open.set(number, () => given.abort())
    try {
      return await services.calculate(question.name, question.input, question.limit, given.signal)
    } finally {
      open.delete(number)
    }
  }
  const end = (number: number): void => {
    open.get(number)?.()
    open.delete(number)
  }
  return {
    ask: (number, question) => {
      answer(number, question).then(
        result => send({ is: 'answer', number, result }),
        cause => {
          open.delete(number)
          send({ is: 'refusal', number, code: codeOfRefusal(cause) })
        },
      )
    },
    end,
    leave: () => {
      for (const number of [...open.keys()]) end(number)
    },
  }
}

/** What a refusal is called where somebody waits for a turn. */
export const busyCode = 'too-busy'

function codeOfRefusal(cause: unknown): string {
  if (cause instanceof TooBusy) return busyCode
  const { code } = cause as { readonly code?: unknown }
  return typeof code === 'string' ? code : 'unforeseen'
}
