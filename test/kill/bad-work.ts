import { appendFileSync } from 'node:fs'
import { serveApart } from '../../src/platform/serve-apart.ts'

/** What a process that works apart runs in tests: it notes that it began, and then does what no work should. */
serveApart({
  openJobs: async () => async (name, input) => {
    const { file = '' } = input as { readonly file?: string }
    appendFileSync(file, `${name} ${process.pid}\n`)
    return misbehave(name)
  },
  calculate: async (_name, input) => {
    const { file, how = 'blocks' } = input as { readonly file?: string; readonly how?: string }
    if (file !== undefined) appendFileSync(file, `calculation ${process.pid}\n`)
    return misbehave(how)
  },
})

function misbehave(how: string): string {
  const kept: unknown[] = []
  switch (how) {
    case 'blocks':
      for (;;) kept.length = 0
    case 'fills':
      for (;;) kept.push(new Array<number>(1_000_000).fill(kept.length))
    case 'fills-beside':
      for (;;) kept.push(Buffer.alloc(16 * 1024 * 1024, 1))
    case 'dies':
      process.kill(process.pid, 'SIGKILL')
      for (;;) kept.length = 0
    default:
      return 'done'
  }
}
