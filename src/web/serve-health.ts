import type { FastifyInstance } from 'fastify'

/** The addresses that an operator's watch asks. Their answers have no words: a stranger learns nothing from them. */
export const healthPaths: ReadonlySet<string> = new Set(['/health', '/ready'])

/** What `/health` says while the program still waits for what it needs. */
const startingWord = 'starting'

/** For how long an answer is given again, in milliseconds: a flood of questions is one question to the database (S13). */
const answerHolds = 1000

/**
 * `/health` answers 200 while the program runs; `/ready` 200 while it can work, and 503 while it cannot. Both are empty,
 * but for the one word of a program that has not begun to work; they set no cookie, and take nothing from the asker.
 */
export function serveHealth(
  fastify: FastifyInstance,
  isReady: () => Promise<boolean>,
  options: { readonly milliseconds?: () => number; readonly isStarting?: () => boolean } = {},
): void {
  const milliseconds = options.milliseconds ?? (() => performance.now())
  let asked = Number.NEGATIVE_INFINITY
  let answer: Promise<boolean> = Promise.resolve(false)
  const askOnce = (): Promise<boolean> => {
    if (milliseconds() - asked >= answerHolds) {
      asked = milliseconds()
      answer = isReady().catch(() => false)
    }
    return answer
  }
  fastify.get('/health', (_request, reply) =>
    options.isStarting?.()
      ? reply.code(200).type('text/plain; charset=utf-8').send(startingWord)
      : reply.code(200).send(),
  )
  fastify.get('/ready', async (_request, reply) => reply.code((await askOnce()) ? 200 : 503).send())
}
