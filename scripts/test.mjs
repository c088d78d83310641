// npm test: sets up what is missing, then every check there is. A missing browser is a failure that says what to do.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { prepare } from './prepare.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const started = Date.now()
prepare()

const only = process.argv.slice(2)
const quick = only.includes('--no-browser')
// What the last run found of files that are still the same is not found again.
const known = ['--incremental', '--tsBuildInfoFile', '.cache/types.tsbuildinfo']
const tsc = ['Types', ['node_modules/typescript/bin/tsc', '-p', '.', ...known]]
const biome = [
  'Lint and format',
  ['node_modules/@biomejs/biome/bin/biome', 'ci', '--colors=off', '--diagnostic-level=warn', '.'],
]
const browser = ['Browser', ['--import', 'tsx', 'test/support/find-browser.ts']]

// Beside each other and beside the tests; only the browser is wanted before the first of them.
const checks = [tsc, biome].map(check)
if (!quick) checks.push(Promise.resolve(await check(browser)))

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
const run = await start(vitest, ['ignore', 'inherit', 'inherit'])
let failed = (await Promise.all(checks)).filter(passed => !passed).length
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

/** Says how a check ended as soon as it has, and answers whether it passed. */
async function check([name, args]) {
  const { status, said } = await start(args, ['ignore', 'pipe', 'pipe'])
  const passed = status === 0
  console.log(`${passed ? 'ok  ' : 'FAIL'} ${name}${passed && name === 'Browser' ? `: ${said.trim()}` : ''}`)
  if (!passed) console.log(said)
  return passed
}

/** Runs one of our programs to its end, with what it said where that is kept. */
function start(args, stdio) {
  return new Promise(done => {
    const child = spawn(process.execPath, args, { cwd: root, stdio })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', part => {
        said += part
      })
    child.on('error', fault => done({ status: 1, said: String(fault) }))
    child.on('close', status => done({ status, said }))
  })
}
