// npm run release -- --key FILE: what a clinic installs, in release/: one archive with the built program and the libraries
// it runs with, the list of its digest, and a signature. Made from a clone of the last commit, never from this folder.
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { signRelease } from './sign-release.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const { values } = parseArgs({
  options: {
    key: { type: 'string' },
    to: { type: 'string', default: join(root, 'release') },
    /** The machine it is for: linux-x64 or linux-arm64. */
    for: { type: 'string', default: `${process.platform}-${process.arch}` },
  },
})
const [os, cpu] = values.for.split('-')
if (!values.key || !os || !cpu) {
  stop(
    'Usage: npm run release -- --key FILE [--for linux-x64|linux-arm64] [--to FOLDER]\n\n' +
      'FILE is the key that releases are signed with: openssl genpkey -algorithm ed25519 -out FILE',
  )
}
if (!existsSync(values.key)) stop(`There is no key in ${values.key}.`)
const run = (program, args, cwd) =>
  execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
if (run('git', ['status', '--porcelain'], root) !== '') {
  stop('Something here is not committed. A release is made of what is: commit it, or put it away.')
}

const work = mkdtempSync(join(tmpdir(), 'unwatched-release-'))
try {
  await makeRelease()
} finally {
  rmSync(work, { recursive: true, force: true })
}

async function makeRelease() {
  const clone = join(work, 'clone')
  run('git', ['clone', '--quiet', '--no-hardlinks', root, clone], work)
  const commit = run('git', ['rev-parse', 'HEAD'], clone).trim()
  const committedAt = run('git', ['show', '-s', '--format=%ct', 'HEAD'], clone).trim()
  console.log(`Building ${commit.slice(0, 12)} …`)
  const { prepare } = await import(join(clone, 'scripts/prepare.mjs'))
  prepare()
  run(process.execPath, ['scripts/build.mjs'], clone)

  const about = JSON.parse(readFileSync(join(clone, 'package.json'), 'utf8'))
  const name = `unwatched-${about.version}`
  const folder = join(work, name)
  mkdirSync(folder)
  const packed = run(
    'npm',
    ['pack', '--ignore-scripts', '--silent', '--pack-destination', work],
    clone,
  ).trim()
  run('tar', ['-xzf', join(work, packed), '-C', folder, '--strip-components=1'], work)

  console.log('Adding the libraries it runs with …')
  // Without what only a clone needs, so that nothing of it is left in the lockfile either.
  const { devDependencies: _tools, scripts: _commands, ...kept } = about
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(kept, null, 2)}\n`)
  cpSync(join(clone, 'package-lock.json'), join(folder, 'package-lock.json'))
  // No script of any library runs, here or where it is installed: each brings what it needs ready made.
  const withoutNotices = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  run('npm', ['install', '--package-lock-only', ...withoutNotices], folder)
  run('npm', ['ci', `--os=${os}`, `--cpu=${cpu}`, '--libc=glibc', ...withoutNotices], folder)
  writeFileSync(
    join(folder, 'RELEASE.txt'),
    `unwatched ${about.version} for ${values.for}, made of commit ${commit}\n`,
  )

  const to = resolve(values.to)
  rmSync(to, { recursive: true, force: true })
  mkdirSync(to, { recursive: true })
  const archive = join(to, `${name}-${values.for}.tar.gz`)
  // The same commit makes the same bytes.
  const same = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', `--mtime=@${committedAt}`]
  run('tar', [...same, '--mode=u=rwX,go=rX', '-I', 'gzip -9n', '-cf', archive, name], work)
  cpSync(join(clone, 'deploy/verify-release'), join(to, 'verify-release'))
  await signRelease(to, values.key)
  const installed = run('du', ['-sm', folder], work).split('\t')[0]
  const size = Math.round(readFileSync(archive).length / 2 ** 20)
  console.log(`${archive}: ${size} MB, ${installed} MB when it is installed.`)
}

function stop(words) {
  console.error(words)
  process.exit(64)
}
