import { execFile, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Visitor } from './bench-clinic.ts'

export type Measured = {
  readonly milliseconds: number
  /** Of this process, all its threads, in milliseconds. */
  readonly cpu: number
}

export async function measure(work: () => Promise<unknown>): Promise<Measured> {
  const before = process.cpuUsage()
  const begun = performance.now()
  await work()
  const milliseconds = performance.now() - begun
  const used = process.cpuUsage(before)
  return { milliseconds, cpu: (used.user + used.system) / 1000 }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return (
    ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.floor(sorted.length / 2)] ?? 0)) / 2
  )
}

/** The median of what each pair of one run came to: the neighbours of a shared machine hit both of a pair. */
export function medianRatio(yardstick: readonly number[], measured: readonly number[]): number {
  return median(yardstick.map((one, place) => one / (measured[place] ?? Number.NaN)))
}

/** Another program's work, to its end; it must end well. */
export async function runProgram(command: string, args: readonly string[], cwd?: string): Promise<void> {
  await promisify(execFile)(command, args, { maxBuffer: 64 * 1024 * 1024, ...(cwd ? { cwd } : {}) })
}

/** What a program of its own takes to its end, its start with it, and all that it starts. */
export async function measureProgram(command: string, args: readonly string[]): Promise<Measured> {
  const before = await readEndedChildren()
  const { milliseconds } = await measure(() => runProgram(command, args))
  return { milliseconds, cpu: (await readEndedChildren()) - before }
}

/** Processor time of the programs that this process started and that have ended, in milliseconds. Linux alone. */
// proc(5): fields 16 and 17 of stat, in hundredths of a second; those after the name in brackets are counted here
export async function readEndedChildren(): Promise<number> {
  const stat = await readFile('/proc/self/stat', 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[13]) + Number(fields[14])) * 10
}

/** Sends a file with a form from a process of its own, as a browser does. Throws unless the page it leads to is answered. */
export function sendFile(
  url: string,
  visitor: Visitor,
  fields: Readonly<Record<string, string>>,
  path: string,
): Promise<void> {
  const order = { url, cookie: visitor.cookie, fields: { _csrf: visitor.csrf, ...fields }, path }
  const program = fileURLToPath(new URL('./send-file.mjs', import.meta.url))
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, ORDER: JSON.stringify(order) },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('close', code => (code === 0 ? done() : fail(new Error(`the sender ended with ${code}`))))
  })
}

export function sayTime(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds.toFixed(1)} ms` : `${(milliseconds / 1000).toFixed(2)} s`
}
