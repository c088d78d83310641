import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { projectFolder } from '../source-files.ts'

export type RunningProgram = {
  readonly process: ChildProcess
  /** Everything it has said so far, on both its streams. */
  readonly said: () => string
  /** Waits until it has said this; throws what it said instead when it ends first. */
  readonly says: (words: RegExp) => Promise<RegExpExecArray>
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>
}

/** Starts the real program, of this folder or as it was installed in another, over settings of its own, as an operator would. */
export function startProgram(
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
  user: { readonly uid?: number; readonly gid?: number } = {},
  installed = projectFolder,
): RunningProgram {
  const child = spawn(process.execPath, [join(installed, 'bin', 'unwatched.mjs'), ...args], {
    cwd: settings['UNWATCHED_DATA'] ? join(settings['UNWATCHED_DATA'], '..') : projectFolder,
    env: { PATH: process.env['PATH'], ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...user,
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (part: string) => {
      text += part
    })
  }
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals)
  return {
    process: child,
    said: () => text,
    ended,
    says: async words => {
      let isOver = false
      void ended.then(() => {
        isOver = true
      })
      for (;;) {
        const found = words.exec(text)
        if (found) return found
        if (isOver) throw new Error(`The program ended without saying ${words}. It said:\n${text}`)
        await new Promise(done => setTimeout(done, 20))
      }
    },
  }
}

/** Where the embedded server of a data directory lives, and the process it runs as. */
export async function findPostmaster(
  dataFolder: string,
): Promise<{ readonly home: string; readonly pid: number }> {
  const folder = join(dataFolder, 'postgres')
  const home = await readFile(join(folder, 'WHERE-THE-DATABASE-IS.txt'), 'utf8').then(
    text => text.trim(),
    () => folder,
  )
  const pid = Number((await readFile(join(home, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0])
  return { home, pid }
}

/** True while a process of this number is there and has not ended. */
export async function isAlive(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  return status !== null && status.slice(status.lastIndexOf(')') + 2, status.lastIndexOf(')') + 3) !== 'Z'
}

/** A port of loopback that nobody uses at this moment. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
