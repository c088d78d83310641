import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import chromium from '@sparticuz/chromium'

export type Browser = {
  readonly executablePath: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
}

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--hide-scrollbars',
]

/**
 * A Chromium that starts on this machine: the one named by UNWATCHED_CHROMIUM, one that is installed, the one that
 * comes through npm, or Debian's when we may install it. Throws with what to do when there is none.
 */
export async function findBrowser(): Promise<Browser> {
  const installed = [
    process.env['UNWATCHED_CHROMIUM'],
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ]
  for (const path of installed) {
    if (path && existsSync(path) && starts(path, process.env))
      return { executablePath: path, args: ['--headless=new', ...quiet], env: process.env }
  }
  const shipped = await unpackShipped()
  if (shipped) return shipped
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    spawnSync('apt-get', ['update', '-q'], { stdio: 'ignore' })
    spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
    if (starts('/usr/bin/chromium', process.env)) {
      return { executablePath: '/usr/bin/chromium', args: ['--headless=new', ...quiet], env: process.env }
    }
  }
  throw new Error(
    'No Chromium starts on this machine, so the journeys cannot be tested. Install one (Debian: apt-get install chromium) ' +
      'or name one in UNWATCHED_CHROMIUM, then run npm test again.',
  )
}

async function unpackShipped(): Promise<Browser | null> {
  const executablePath = await chromium.executablePath()
  const args = ['--headless', '--disable-dev-shm-usage', ...quiet]
  const environments = [
    process.env,
    { ...process.env, LD_LIBRARY_PATH: `${dirname(executablePath)}/al2023/lib` },
  ]
  for (const env of environments) {
    if (starts(executablePath, env)) return { executablePath, args, env }
  }
  return null
}

function starts(path: string, env: NodeJS.ProcessEnv): boolean {
  return spawnSync(path, ['--version', '--no-sandbox', '--headless'], { env, timeout: 20_000 }).status === 0
}

if (process.argv[1]?.endsWith('find-browser.ts')) {
  try {
    console.log((await findBrowser()).executablePath)
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}
