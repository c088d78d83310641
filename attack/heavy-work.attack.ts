import { quantile, sayTimes } from './support/figures.ts'
import { inventChat } from './support/invent-chat.ts'
import { serveAttacked } from './support/served-demo.ts'
import { takeACall } from './support/take-a-call.ts'
import { makeVisitor, type Visitor } from './support/visitor.ts'

export const name = 'Two files of 200 000 messages are read and plans are compared while calls are saved'

const messages = 200_000
const files = 2
/** For how long calls are saved beside the work, in milliseconds. */
const lasts = 40_000
const wanted = 200

/** An advocate hands in long files and an adviser asks for plans; a call handler saves one call after the other. */
export async function run(): Promise<{ readonly measured: string; readonly holds: boolean }> {
  const demo = await serveAttacked()
  const visitors: Visitor[] = []
  const visit = async (link?: string): Promise<Visitor> => {
    const visitor = await makeVisitor(demo.address, link)
    visitors.push(visitor)
    return visitor
  }
  try {
    const [handler, adviser, watch] = await Promise.all([
      visit(demo.demoLink('Call handler')),
      visit(demo.demoLink('Cyber adviser')),
      visit(),
    ])
    await handler.get('/calls/new')
    const caseload = await adviser.get('/cases')
    const casePath = /href="(\/cases\/[0-9a-f-]{36})/.exec(caseload.text)?.[1]
    if (casePath === undefined) throw new Error('the demo shows its adviser no case')
    const alone: number[] = []
    for (let call = 0; call < 20; call += 1) alone.push((await takeACall(handler, call)).milliseconds)

    const brought = []
    await adviser.get(`${casePath}/evidence`)
    for (let file = 0; file < files; file += 1) {
      const bytes = inventChat(file, messages)
      const taken = await adviser.post(
        `${casePath}/evidence`,
        { 'brought-by': 'LF', 'how-obtained': 'attack', device: '', zone: 'Europe/London' },
        [{ field: 'files', name: `chat-${file}.txt`, bytes }],
      )
      brought.push(taken.status)
    }
    const saves: number[] = []
    const healths: number[] = []
    const plans: number[] = []
    const end = performance.now() + lasts
    const isOver = () => performance.now() >= end
    await Promise.all([
      (async () => {
        for (let call = 100; !isOver(); call += 1) {
          saves.push((await takeACall(handler, call)).milliseconds)
          await new Promise(done => setTimeout(done, 50))
        }
      })(),
      (async () => {
        while (!isOver()) {
          healths.push((await watch.get('/health')).milliseconds)
          await new Promise(done => setTimeout(done, 50))
        }
      })(),
      (async () => {
        while (!isOver()) plans.push((await adviser.get(`${casePath}/map/lock-out/compare`)).status)
      })(),
    ])
    const list = (await adviser.get(`${casePath}/evidence`)).text
    const unread = list.split('Being read').length - 1
    return {
      measured: `files taken in: ${brought.join(' ')}, still being read: ${unread}; plans compared: ${plans.length}; a save alone: ${sayTimes(alone)}; beside the work: ${sayTimes(saves)}; /health: ${sayTimes(healths)}`,
      holds: saves.length > 20 && quantile(saves, 0.95) < wanted && quantile(healths, 0.95) < wanted,
    }
  } finally {
    for (const visitor of visitors) visitor.close()
    await demo.stop()
  }
}
