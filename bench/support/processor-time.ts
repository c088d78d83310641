import { readdir, readFile } from 'node:fs/promises'

/** Processor time that was used, in milliseconds: by the program with its processes, and by PostgreSQL with its own. */
export type ProcessorTime = { readonly node: number; readonly postgres: number }

/** proc(5): a clock tick; a hundred of them are a second on every Linux that Node runs on. */
const tick = 10

type Stat = { readonly parent: number; readonly ticks: number }

/**
 * What the program and its database have used since they began, with all they started, and of those that have ended what
 * the kernel added to the process that waited for them. Correct to a tick (10 ms) for each process: count over
 * many pages, not over one. Linux alone.
 *
 * @param program the process that was started
 * @param postmaster its database server, wherever that stands in the tree of processes
 */
export async function readProcessorTime(program: number, postmaster: number): Promise<ProcessorTime> {
  const all = new Map<number, Stat>()
  for (const name of await readdir('/proc')) {
    const found = /^\d+$/.test(name) ? await readStat(name) : null
    if (found) all.set(Number(name), found)
  }
  const below = (root: number, without?: number): number => {
    const children = [...all].filter(([pid, { parent }]) => parent === root && pid !== without)
    return (all.get(root)?.ticks ?? 0) * tick + children.reduce((sum, [pid]) => sum + below(pid, without), 0)
  }
  return { node: below(program, postmaster), postgres: below(postmaster) }
}

/** Null when it ended a moment ago. */
async function readStat(pid: string): Promise<Stat | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  if (text === null) return null
  // proc(5): from the state, field 3, on; 4 is the parent, 14 to 17 the time used, of this one and of ended children
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0)
  return { parent: Number(fields[1]), ticks }
}

/** What a process and all it started hold in memory now, and at most since they began, summed, in bytes. */
export async function readMemory(
  program: number,
  without?: number,
): Promise<{ readonly now: number; readonly most: number }> {
  let now = 0
  let most = 0
  const pids = [program]
  for (let pid = pids.shift(); pid !== undefined; pid = pids.shift()) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
    now += kibibytes(status, 'VmRSS')
    most += kibibytes(status, 'VmHWM')
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
    pids.push(
      ...children
        .split(' ')
        .filter(Boolean)
        .map(Number)
        .filter(child => child !== without),
    )
  }
  return { now, most }
}

const kibibytes = (status: string, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024
