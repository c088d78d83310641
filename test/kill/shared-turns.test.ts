import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { makePlainProgram } from '../../scripts/plain-program.mjs'
import { answerQuestions } from '../../src/app/page-processes/answer-questions.ts'
import type { FromProcess } from '../../src/app/page-processes/message.ts'
import type { TakerOrder, TakerReport } from './turn-taker.ts'

const children: ChildProcess[] = []
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
})

type Taker = {
  readonly child: ChildProcess
  readonly tell: (order: TakerOrder) => void
  readonly count: (is: TakerReport['is']) => number
}

/** A process that asks this one for its turns, as one that answers pages does. */
async function startTaker(program: string): Promise<Taker> {
  const child = fork(program, { execArgv: [], serialization: 'advanced' })
  children.push(child)
  const reports: string[] = []
  const services = { calculate: async () => null, canWrite: async () => true }
  const questions = answerQuestions(services, reply => void child.send(reply, () => {}))
  child.on('message', (message: FromProcess | TakerReport) => {
    if (message.is === 'ask') questions.ask(message.number, message.question)
    else if (message.is === 'end') questions.end(message.number)
    else reports.push(message.is)
  })
  child.once('exit', questions.leave)
  await once(child, 'message')
  return {
    child,
    tell: order => void child.send(order),
    count: is => reports.filter(report => report === is).length,
  }
}

test('S13 two processes have turns together, as one would: no more at work, no more waiting, and a dead one’s are given on', async () => {
  const program = await makePlainProgram(join(import.meta.dirname, 'turn-taker.ts'))
  const [one, other] = await Promise.all([startTaker(program), startTaker(program)])
  const both = (is: TakerReport['is']): number => one.count(is) + other.count(is)
  one.tell({ is: 'take', many: 20 })
  other.tell({ is: 'take', many: 20 })
  // 40 in one lane: three at work, ten wait, and the rest are told to try again
  await expect.poll(() => both('busy'), { timeout: 10_000 }).toBe(27)
  expect(both('begun')).toBe(3)
  expect(Math.min(one.count('busy'), other.count('busy'))).toBeGreaterThan(0)

  const [dying, living] = one.count('begun') > 0 ? [one, other] : [other, one]
  const ended = once(dying.child, 'exit')
  dying.child.kill('SIGKILL')
  await ended
  living.tell({ is: 'let-go' })
  const asked = 20 - living.count('busy')
  await expect.poll(() => living.count('done'), { timeout: 10_000 }).toBe(asked)
}, 60_000)
