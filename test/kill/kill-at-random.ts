import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import type { Orders } from '../support/ordered-clinic.ts'

const pause = (milliseconds: number): Promise<void> => new Promise(done => setTimeout(done, milliseconds))

/**
 * Lets a program work and kills it at a moment nobody chose, within `reach` milliseconds of its being ready; or, where
 * that says how many lines, once it has written as many. Answers each whole line that it wrote by then, and how many
 * milliseconds that took.
 */
async function killOne<Line>(
  program: string,
  orders: Orders,
  moment: { readonly reach: number } | { readonly lines: number },
): Promise<{ readonly lines: readonly Line[]; readonly milliseconds: number }> {
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, ORDERS: JSON.stringify(orders) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  let complained = ''
  child.stderr.on('data', chunk => {
    complained += chunk
  })
  const ended = new Promise<NodeJS.Signals | null>(done => child.once('close', (_, signal) => done(signal)))
  const ready = new Promise<void>(done =>
    child.stdout.on('data', chunk => {
      said += chunk
      if (said.startsWith('ready\n')) done()
    }),
  )
  await Promise.race([ready, ended])
  const began = Date.now()
  if ('reach' in moment) await pause(randomInt(moment.reach))
  else while (said.split('\n').length < moment.lines + 2 && child.exitCode === null) await pause(5)
  const milliseconds = Date.now() - began
  child.kill('SIGKILL')
  if ((await ended) !== 'SIGKILL') throw new Error(`a program ended by itself: ${complained}`)
  // The first says that it is ready. The last piece is empty, or a line that was cut short: it did not reach anybody.
  const lines = said.split('\n').slice(1, -1)
  return { lines: lines.map(line => JSON.parse(line) as Line), milliseconds }
}

/**
 * Kills a program so many times, some of them at once, at moments nobody chose: on a slow machine its work takes longer,
 * so they are spread over twice as long as its first `firstLines` lines take. Answers all that it wrote. `meanwhile` is
 * done again and again until the last kill.
 */
export async function killAtRandom<Line>(
  program: string,
  orders: Orders,
  plan: {
    readonly kills: number
    readonly atOnce: number
    readonly firstLines: number
    readonly meanwhile?: () => Promise<void>
  },
): Promise<readonly Line[]> {
  const first = await killOne<Line>(program, orders, { lines: plan.firstLines })
  const reach = Math.min(5000, Math.max(300, 2 * first.milliseconds))
  const lines = [...first.lines]
  let left = plan.kills
  const killInTurn = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      lines.push(...(await killOne<Line>(program, orders, { reach })).lines)
    }
  }
  const look = async (): Promise<void> => {
    while (plan.meanwhile && left > 0) await plan.meanwhile()
  }
  await Promise.all([...Array.from({ length: plan.atOnce }, killInTurn), look()])
  return lines
}
