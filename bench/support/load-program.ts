// The process that asks: it does what `load.ts` orders, and ends with the program that started it.
import { randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import type { LoadOrder, LoadPlan, LoadReport, LoadVisitor } from './load.ts'

const ending = new Set<number>()
let made = 0

process.on('message', (order: LoadOrder) => {
  if ('end' in order) {
    ending.add(order.number)
    return
  }
  const { number, plan } = order
  const tell = (report: LoadReport): void => void process.send?.(report)
  perform(number, plan).then(
    times => tell({ number, times }),
    fault => tell({ number, fault: fault instanceof Error ? fault.message : String(fault) }),
  )
})
process.on('disconnect', () => process.exit())

async function perform(number: number, plan: LoadPlan): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: plan.visitors.length })
  const times: number[] = []
  let isOver = false
  try {
    await Promise.all(
      plan.visitors.map(async visitor => {
        for (
          let look = 0;
          !isOver && (plan.looksEach === null ? !ending.has(number) : look < plan.looksEach);
          look += 1
        ) {
          const started = performance.now()
          const status = await ask(agent, plan, visitor)
          if (status !== (plan.status ?? 200)) {
            isOver = true
            throw new Error(`${plan.path} answered ${status}`)
          }
          times.push(performance.now() - started)
          if (plan.rest) await new Promise(done => setTimeout(done, plan.rest))
        }
      }),
    )
    return times
  } finally {
    agent.destroy()
  }
}

function ask(agent: Agent, plan: LoadPlan, visitor: LoadVisitor): Promise<number> {
  const body = plan.fields ? bodyOf(plan.fields, visitor) : null
  return new Promise((resolve, reject) => {
    const asked = request(
      `${plan.address}${plan.path}`,
      {
        agent,
        method: body === null ? 'GET' : 'POST',
        headers: {
          ...(visitor.cookie === '' ? {} : { cookie: visitor.cookie }),
          origin: plan.address,
          ...(body === null
            ? {}
            : {
                'content-type': 'application/x-www-form-urlencoded',
                'content-length': String(Buffer.byteLength(body)),
              }),
        },
      },
      answer => {
        answer.on('end', () => resolve(answer.statusCode ?? 0))
        answer.on('error', reject)
        answer.resume()
      },
    )
    asked.on('error', reject)
    asked.end(body ?? undefined)
  })
}

function bodyOf(fields: NonNullable<LoadPlan['fields']>, visitor: LoadVisitor): string {
  made += 1
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((each): [string, string] => [
      name,
      each.replaceAll('{n}', String(made)),
    ]),
  )
  return new URLSearchParams([
    ['_csrf', visitor.csrf],
    ['_once', randomBytes(16).toString('base64url')],
    ...pairs,
  ]).toString()
}
