import { readdir, readFile } from 'node:fs/promises'
import { quantile, sayTimes } from './support/figures.ts'
import { inventChat } from './support/invent-chat.ts'
import { serveAttacked } from './support/served-demo.ts'
import { makeVisitor, type Visitor } from './support/visitor.ts'

export const name = 'The process that reads a file is killed with kill -9 each time it begins'

/** For how long it is waited for the next beginning, in milliseconds. */
const patience = 25_000

/** Somebody brings a file that ends whatever reads it, again and again. */
export async function run(): Promise<{ readonly measured: string; readonly holds: boolean }> {
  const demo = await serveAttacked()
  const visitors: Visitor[] = []
  const visit = async (role: string): Promise<Visitor> => {
    const visitor = await makeVisitor(demo.address, demo.demoLink(role))
    visitors.push(visitor)
    return visitor
  }
  try {
    const [adviser, administrator] = [await visit('Cyber adviser'), await visit('Administrator')]
    const casePath = /href="(\/cases\/[0-9a-f-]{36})/.exec((await adviser.get('/cases')).text)?.[1]
    if (casePath === undefined) throw new Error('the demo shows its adviser no case')
    await adviser.get(`${casePath}/evidence`)
    const told = { 'brought-by': 'LF', 'how-obtained': 'attack', zone: 'Europe/London' }
    await adviser.post(`${casePath}/evidence`, told, [
      { field: 'files', name: 'chat.txt', bytes: inventChat(0, 400_000) },
    ])
    const healths: number[] = []
    let killed = 0
    let last = 0
    for (let end = performance.now() + patience; performance.now() < end && killed < 10; ) {
      healths.push((await administrator.get('/health')).milliseconds)
      const pid = await findWorker(demo.program.process.pid ?? 0)
      if (pid !== null && pid !== last && (await cpuOf(pid)) > atWork) {
        last = pid
        killed += 1
        process.kill(pid, 'SIGKILL')
        end = performance.now() + patience
      }
      await new Promise(done => setTimeout(done, 100))
    }
    const queue = (await administrator.get('/admin/queue')).text
    const isBefore = queue.includes('Its process ended twice')
    const list = (await adviser.get(`${casePath}/evidence`)).text
    return {
      measured: `begun and killed ${killed} times; before a person: ${isBefore ? 'yes' : 'no'}; said at the item: ${list.includes('work twice') ? 'yes' : 'no'}; /health: ${sayTimes(healths)}`,
      holds: killed === 2 && isBefore && quantile(healths, 0.95) < 200,
    }
  } finally {
    for (const visitor of visitors) visitor.close()
    await demo.stop()
  }
}

/** Processor time after which a process has been loaded and is at its file, in hundredths of a second. */
const atWork = 300

// proc(5): fields 14 and 15 of /proc/pid/stat, in clock ticks
async function cpuOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = status.slice(status.lastIndexOf(')') + 2).split(' ')
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0)
}

/** The process that works for the program apart from it. */
async function findWorker(program: number): Promise<number | null> {
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    const status = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '')
    const parent = Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1])
    if (parent !== program) continue
    const line = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '')
    if (line.includes('work-apart')) return Number(entry)
  }
  return null
}
