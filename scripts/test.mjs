// npm test: sets up what is missing, then every check there is. A missing browser is a failure that says what to do.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { prepare } from './prepare.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const started = Date.now()
prepare()

const only = process.argv.slice(2)
const quick = only.includes('--no-browser')
const steps = [
  ['Types', ['node_modules/typescript/bin/tsc', '-p', '.']],
  [
    'Lint and format',
    ['node_modules/@biomejs/biome/bin/biome', 'ci', '--colors=off', '--diagnostic-level=warn', '.'],
  ],
  ...(quick ? [] : [['Browser', ['--import', 'tsx', 'test/support/find-browser.ts']]]),
]
let failed = 0
for (const [name, args] of steps) {
  const done = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
  console.log(
    `${done.status === 0 ? 'ok  ' : 'FAIL'} ${name}${done.status === 0 && name === 'Browser' ? `: ${done.stdout.trim()}` : ''}`,
  )
  if (done.status !== 0) {
    failed += 1
    console.log(done.stdout + done.stderr)
  }
}

const report = join(root, '.cache', 'test-report.json')
mkdirSync(dirname(report), { recursive: true })
rmSync(report, { force: true })
const vitest = [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...(quick ? ['--exclude', 'test/journeys/**'] : []),
  ...only.filter(argument => argument !== '--no-browser'),
]
const run = spawnSync(process.execPath, vitest, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
let counts = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numFailedTestSuites: 0 }
try {
  counts = JSON.parse(readFileSync(report, 'utf8'))
} catch {
  failed += 1
}
if (counts.numPendingTests > 0)
  console.log(`${counts.numPendingTests} tests were skipped: no test here may be skipped.`)
const failures = failed + counts.numFailedTests + counts.numPendingTests
const total = failures === 0 && run.status !== 0 ? 1 : failures
console.log(`\nIn ${Math.round((Date.now() - started) / 1000)} seconds.`)
console.log(`${counts.numPassedTests} passed, ${total} failed`)
process.exit(total === 0 && counts.numPassedTests > 0 ? 0 : 1)
