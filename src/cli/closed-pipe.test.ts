import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'closed-pipe-'))
afterAll(() => rmSync(folder, { recursive: true }))

const chat = join(folder, 'chat.txt')
writeFileSync(chat, '13/07/2024, 07:58 - Dee: hello\n'.repeat(20_000))

/** Runs a command as a shell would, its reader gone before the first line (`| true`). */
function runUnread(...args: readonly string[]): Promise<{ code: number | null; err: string }> {
  const program = fileURLToPath(new URL('../../bin/unwatched.mjs', import.meta.url))
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  let err = ''
  child.stderr.on('data', chunk => {
    err += String(chunk)
  })
  return new Promise(resolve => child.on('close', code => resolve({ code, err })))
}

test('a reader that has gone breaks nothing, and the exit code stays true', async () => {
  expect(await runUnread('--help')).toEqual({ code: 0, err: '' })
  expect(await runUnread('verify', '--help')).toEqual({ code: 0, err: '' })
  expect(await runUnread('read', '--json', chat)).toEqual({ code: 0, err: '' })
  expect(await runUnread('read', chat)).toEqual({ code: 0, err: '' })
}, 60_000)
