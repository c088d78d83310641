// npm run test:nodes: everything that npm test runs, once more with another Node, where there is one: that of
// UNWATCHED_OTHER_NODE, or one that nvm keeps, of a major version that is not this one's.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const majors = [20, 22, 24]
const majorOf = version => Number(/^v?(\d+)/.exec(version)?.[1] ?? 0)
const own = majorOf(process.version)

function versionOf(node) {
  const said = spawnSync(node, ['--version'], { encoding: 'utf8' })
  return said.status === 0 ? said.stdout.trim() : null
}

function findOther() {
  const given = process.env.UNWATCHED_OTHER_NODE
  if (given) return given
  const kept = join(process.env.NVM_DIR ?? join(homedir(), '.nvm'), 'versions/node')
  if (!existsSync(kept)) return null
  const others = readdirSync(kept)
    .filter(name => majorOf(name) !== own && majors.includes(majorOf(name)))
    .sort((one, other) => majorOf(other) - majorOf(one))
  return others.length > 0 ? join(kept, others[0], 'bin/node') : null
}

const other = findOther()
const version = other ? versionOf(other) : null
if (!other || !version) {
  console.error(
    other
      ? `${other} is not a Node that starts. Nothing was run.`
      : 'There is no other Node here, so nothing was run. Name one in UNWATCHED_OTHER_NODE, or install one with nvm.',
  )
  process.exit(1)
}
console.log(`Everything once more with Node ${version} (this is ${process.version}) …`)
// First in the path too, so that whatever the tests start is that one.
const env = { ...process.env, PATH: `${dirname(other)}:${process.env.PATH ?? ''}` }
delete env.npm_execpath
delete env.npm_node_execpath
const done = spawnSync(other, ['scripts/test.mjs', ...process.argv.slice(2)], {
  cwd: root,
  env,
  stdio: 'inherit',
})
process.exit(done.status ?? 1)
