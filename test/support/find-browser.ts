import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import chromium from '@sparticuz/chromium'
import { projectFolder } from '../source-files.ts'

export type Browser = {
  readonly executablePath: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
}

const switches = [
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
 * A Chromium that starts on this machine: the one named by UNWATCHED_CHROMIUM, the one that comes through npm, one that
 * is installed, or Debian's when we may install it. Throws with what to do when there is none. The one from npm is the
 * same on every machine, and has no window at all: a new visitor costs it a tenth of what an installed one takes.
 */
export function findBrowser(): Promise<Browser> {
  found ??= look()
  return found
}
let found: Promise<Browser> | undefined

/**
 * The same, but one that is installed where there is one: a whole browser, which writes to a profile what the browsers
 * of people write. The one without a window keeps other things there.
 */
export async function findWholeBrowser(): Promise<Browser> {
  return startFirst([process.env['UNWATCHED_CHROMIUM'], ...installedAt]) ?? findBrowser()
}

const installedAt = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

async function look(): Promise<Browser> {
  const ready =
    startFirst([process.env['UNWATCHED_CHROMIUM']]) ?? (await findShipped()) ?? startFirst(installedAt)
  if (ready) return ready
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    spawnSync('apt-get', ['update', '-q'], { stdio: 'ignore' })
    spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
    if (starts('/usr/bin/chromium', process.env)) {
      return { executablePath: '/usr/bin/chromium', args: ['--headless=new', ...switches], env: process.env }
    }
  }
  throw new Error(
    'No Chromium starts on this machine, so the journeys cannot be tested. Install one (Debian: apt-get install chromium) ' +
      'or name one in UNWATCHED_CHROMIUM, then run npm test again.',
  )
}

function startFirst(paths: readonly (string | undefined)[]): Browser | null {
  for (const path of paths)
    if (path && existsSync(path) && starts(path, process.env))
      return { executablePath: path, args: ['--headless=new', ...switches], env: process.env }
  return null
}

async function findShipped(): Promise<Browser | null> {
  const executablePath = await unpackShipped()
  if (!executablePath) return null
  const args = ['--headless', '--disable-dev-shm-usage', ...switches]
  const environments = [
    process.env,
    { ...process.env, LD_LIBRARY_PATH: `${dirname(executablePath)}/al2023/lib` },
  ]
  for (const env of environments) {
    if (starts(executablePath, env)) return { executablePath, args, env }
  }
  return null
}

/**
 * Unpacks the browser that comes through npm, once for each version of it, into this project and not into the folder
 * for temporary files that everybody shares: who gets there first would choose what is run. Null where it is for other
 * machines. Of two that unpack at once the first is kept, and it is in its place only when it is whole.
 */
async function unpackShipped(): Promise<string | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  const about = await readFile(
    join(projectFolder, 'node_modules', '@sparticuz', 'chromium', 'package.json'),
    'utf8',
  )
  const version = /"version": "([^"]+)"/.exec(about)?.[1] ?? ''
  const cache = join(projectFolder, '.cache')
  const place = join(cache, `chromium-${version}`)
  if (existsSync(place)) return join(place, 'chromium')
  await mkdir(cache, { recursive: true })
  const unpacking = await mkdtemp(join(cache, 'chromium-unpacking-'))
  const before = process.env['TMPDIR']
  try {
    process.env['TMPDIR'] = unpacking
    await chromium.executablePath()
    await rename(unpacking, place)
  } catch {
    await rm(unpacking, { recursive: true, force: true })
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
  return existsSync(place) ? join(place, 'chromium') : null
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
