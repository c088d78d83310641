import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from './fault.ts'

/** What a running program leaves in its data directory, so that a second one does not start over the same data. */
type Holder = { readonly pid: number; readonly born: string; readonly address: string }

export type InstanceLock = {
  /** True when the last holder ended without letting go: a crash, a kill or a power cut. */
  readonly lastRunCrashed: boolean
  readonly release: () => Promise<void>
}

/**
 * Takes the data directory for this process. A holder that is still alive is an answer, not a wait; one that died is
 * replaced, and the caller told so.
 */
export async function takeInstanceLock(dataFolder: string, address: string): Promise<InstanceLock> {
  const path = join(dataFolder, 'running.json')
  const held = await readHolder(path)
  if (held && held.born !== '' && held.born === (await birthOf(held.pid))) {
    throw new Fault(
      'already-running',
      `Unwatched is already running with this data directory (process ${held.pid}, ${held.address}). Stop it first, or open that address.`,
    )
  }
  const holder: Holder = { pid: process.pid, born: (await birthOf(process.pid)) ?? '', address }
  await writeFile(path, JSON.stringify(holder), { mode: 0o600 })
  return { lastRunCrashed: held !== null, release: () => rm(path, { force: true }) }
}

async function readHolder(path: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder
  } catch (cause) {
    // A half-written file is what a crash leaves; its holder is gone.
    return (cause as NodeJS.ErrnoException).code === 'ENOENT' ? null : { pid: 0, born: '', address: '' }
  }
}

/** When a process began, so that a number used again by another process is not taken for the same one. */
async function birthOf(pid: number): Promise<string | null> {
  try {
    const status = await readFile(`/proc/${pid}/stat`, 'utf8')
    // proc(5): field 22 is the start time; the name in field 2 may hold spaces, so count from its closing bracket
    return status.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    if (process.platform === 'linux') return null
    try {
      process.kill(pid, 0)
      return `alive-${pid}`
    } catch {
      return null
    }
  }
}
