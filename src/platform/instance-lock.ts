import { randomBytes } from 'node:crypto'
import { link, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from './fault.ts'

/** What a running program leaves in its data directory, so that a second one does not start over the same data. */
type Holder = { readonly pid: number; readonly born: string; readonly address: string }

export type InstanceLock = {
  /** True when the last holder ended without letting go: a crash, a kill or a power cut. */
  readonly lastRunCrashed: boolean
  /** Says where the program can be reached, once that is known. */
  readonly announce: (address: string) => Promise<void>
  readonly release: () => Promise<void>
}

/**
 * Takes the data directory for this process. A holder that is still alive is an answer, not a wait; one that died is
 * replaced, and the caller told so. Of two that come at once, one gets it: each holder is a number one higher than
 * the dead before it, and a number can be taken once.
 */
export async function takeInstanceLock(dataFolder: string, address: string): Promise<InstanceLock> {
  const born = (await birthOf(process.pid)) ?? ''
  const draft = join(dataFolder, `starting.${process.pid}.${randomBytes(4).toString('hex')}`)
  const write = (where: string): Promise<void> =>
    writeFile(draft, JSON.stringify({ pid: process.pid, born, address: where }), { mode: 0o600 })
  await write(address)
  try {
    for (;;) {
      const dead = await refuseLiving(dataFolder)
      const number = Math.max(0, ...dead) + 1
      const path = pathOf(dataFolder, number)
      // A link appears whole or not at all, and never over one that is there.
      if (!(await linked(draft, path))) continue
      try {
        // Somebody may have come and gone and come again between the check and the link.
        await refuseLiving(dataFolder, number)
      } catch (fault) {
        await rm(path, { force: true })
        throw fault
      }
      for (const gone of dead) await rm(pathOf(dataFolder, gone), { force: true })
      return {
        lastRunCrashed: dead.length > 0,
        announce: async where => {
          await write(where)
          await rename(draft, path)
        },
        release: () => rm(path, { force: true }),
      }
    }
  } finally {
    await rm(draft, { force: true })
  }
}

const pathOf = (dataFolder: string, number: number): string => join(dataFolder, `running.${number}.json`)

/** The numbers of holders that died; a fault that names the one that lives. */
async function refuseLiving(dataFolder: string, own?: number): Promise<readonly number[]> {
  const numbers = (await readdir(dataFolder)).flatMap(name => {
    const number = Number(/^running\.(\d{1,9})\.json$/.exec(name)?.[1])
    return number > 0 && number !== own ? [number] : []
  })
  const dead: number[] = []
  for (const number of numbers) {
    const held = await readHolder(pathOf(dataFolder, number))
    if (!held) continue
    if (held.born !== '' && held.born === (await birthOf(held.pid))) {
      throw new Fault(
        'already-running',
        `Unwatched is already running with this data directory (process ${held.pid}, ${held.address}). Stop it first, or open that address.`,
      )
    }
    dead.push(number)
  }
  return dead
}

async function linked(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path)
    return true
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw cause
  }
}

/** What is written there; null when nothing is. A half-written file is what a crash leaves: its holder is gone. */
async function readHolder(path: string): Promise<Holder | null> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw cause
  }
  try {
    const { pid, born, address } = JSON.parse(text) as Partial<Holder>
    return { pid: pid ?? 0, born: born ?? '', address: address ?? '' }
  } catch {
    return { pid: 0, born: '', address: '' }
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
