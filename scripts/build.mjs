// npm run build: makes dist/, which is what is served: plain JavaScript with its types, and beside it what the program
// reads while it runs. Nothing is done when dist/ was made from these very sources. A build that fails leaves the last one.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeAssets, nameOrigins } from './build-assets.mjs'
import { copyFonts } from './build-fonts.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'dist')
const stampName = 'built-from'

/**
 * Makes dist/ unless it is there already; answers whether it had to. Types are checked unless somebody else does so in the
 * same run, as `npm test`; what is made is the same.
 */
export function build({ checksTypes = true } = {}) {
  const sources = listSources()
  const wanted = digestOf(sources)
  if (readStamp(dist) === wanted) return false
  console.log('Building the program (half a minute, when its sources have changed) …')
  // Beside dist/, so that it takes its place at once: nobody who starts the program meets half of one.
  const half = join(root, `dist.${process.pid}.half`)
  try {
    compile(half, checksTypes ? [] : ['--noCheck'])
    for (const path of sources.filter(isReadAsItIs)) cpSync(join(root, path), join(half, below(path)))
    makeAssets(join(root, 'src/web/assets'), join(half, 'web/assets'))
    writeFileSync(join(half, 'web/ASSETS-ARE-MADE-FROM.txt'), nameOrigins())
    copyFonts(join(half, 'bundle/report/fonts'))
    run(['scripts/build-programs.mjs', half])
    writeFileSync(join(half, stampName), wanted)
    takePlace(half)
  } finally {
    rmSync(half, { recursive: true, force: true })
  }
  return true
}

const below = path => relative('src', path)

/** Everything that decides what dist/ is. Tests, their samples and the README of a room do not. */
function listSources() {
  const inSrc = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(root, join(entry.parentPath, entry.name)).split('\\').join('/'))
    .filter(path => !/\.test\.ts$|\.md$|\/fixtures\//.test(path))
  const makers = ['build.mjs', 'build-assets.mjs', 'build-fonts.mjs', 'build-programs.mjs'].map(
    name => `scripts/${name}`,
  )
  return [...inSrc, ...makers, 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'].sort()
}

/** What is no TypeScript lies in dist/ as it lies in src/; the assets of pages are made. */
function isReadAsItIs(path) {
  return path.startsWith('src/') && !path.endsWith('.ts') && !path.startsWith('src/web/assets/')
}

function digestOf(paths) {
  const digest = createHash('sha256')
  for (const path of paths) {
    const bytes = readFileSync(join(root, path))
    digest.update(`${path} ${bytes.length}\n`).update(bytes)
  }
  return digest.digest('hex')
}

function readStamp(folder) {
  try {
    return readFileSync(join(folder, stampName), 'utf8')
  } catch {
    return null
  }
}

function compile(folder, options) {
  run(['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', folder, ...options])
}

function run(args) {
  const done = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`The program could not be built:\n${done.stdout}${done.stderr}`)
}

/** Two builds at once, as of two test runs, each make a whole one; the last to come stays. */
function takePlace(half) {
  for (let attempt = 1; ; attempt += 1) {
    const old = join(root, `dist.${process.pid}.old`)
    try {
      if (existsSync(dist)) renameSync(dist, old)
      renameSync(half, dist)
      rmSync(old, { recursive: true, force: true })
      return
    } catch (fault) {
      rmSync(old, { recursive: true, force: true })
      if (attempt === 5) throw fault
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(
      build({ checksTypes: !process.argv.includes('--no-types') })
        ? 'dist/ is built.'
        : 'dist/ is as the sources are.',
    )
  } catch (fault) {
    console.error(fault.message)
    process.exitCode = 1
  }
}
