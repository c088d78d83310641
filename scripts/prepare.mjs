// Makes a fresh clone ready: the right Node, the libraries of the lockfile, and the `unwatched` command for npx.
// Uses nothing but Node itself, because nothing else is there yet.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const oldest = [20, 19]

export function prepare() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    stop(
      `Unwatched needs Node ${oldest.join('.')} or newer; this is Node ${process.versions.node}. Install a newer Node and start again.`,
    )
  }
  const modules = join(root, 'node_modules')
  const stamp = join(modules, '.unwatched-installed')
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform} ${process.arch} ${process.versions.modules}`)
    .digest('hex')
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    console.log('Installing the libraries this program uses (a minute or two, once) …')
    const npm = process.env.npm_execpath
    // Not `npm ci`: it refuses a lockfile that lacks an optional package for some other platform. The versions are
    // those of the lockfile all the same, and nothing in the clone is rewritten.
    const args = [
      'install',
      '--no-save',
      '--include=dev',
      '--include=optional',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ]
    const done = npm
      ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
      : spawnSync('npm', args, {
          cwd: root,
          stdio: ['ignore', 'inherit', 'inherit'],
          shell: process.platform === 'win32',
        })
    if (done.status !== 0) {
      stop(
        'The libraries could not be installed. Check that this machine reaches its npm registry and that the disk has 1 GB free, then start again.',
      )
    }
    writeFileSync(stamp, wanted)
  }
  linkCommand(join(modules, '.bin'))
}

// npm links the commands of a package's dependencies but not its own, so `npx unwatched` would look in the registry.
function linkCommand(folder) {
  mkdirSync(folder, { recursive: true })
  const link = join(folder, 'unwatched')
  if (existsSync(link)) return
  rmSync(link, { force: true })
  if (process.platform === 'win32') {
    writeFileSync(`${link}.cmd`, '@node "%~dp0\\..\\..\\bin\\unwatched.mjs" %*\r\n')
  } else {
    symlinkSync(join('..', '..', 'bin', 'unwatched.mjs'), link)
  }
}

function stop(words) {
  console.error(`\n${words}`)
  process.exit(1)
}
