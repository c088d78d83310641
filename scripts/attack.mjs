// npm run attack: plays every attack of the folder attack/ against a server of its own, bounded in count and time, and
// says in a table what was measured and whether it holds. Words after it choose attacks by name: npm run attack -- heavy.
import { readdirSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { prepare } from './prepare.mjs'

prepare()
const { build } = await import('./build.mjs')
build()
const { makePlainProgram } = await import('./plain-program.mjs')
const wanted = process.argv.slice(2)
console.log(
  `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, ${process.platform}\n`,
)
const folder = fileURLToPath(new URL('../attack/', import.meta.url))
const files = readdirSync(folder).filter(name => name.endsWith('.attack.ts'))
const rows = []
for (const file of files.sort()) {
  if (wanted.length > 0 && !wanted.some(word => file.includes(word))) continue
  const { name, run } = await import(await makePlainProgram(join(folder, file)))
  const started = performance.now()
  const { measured, holds } = await run().catch(fault => ({
    measured: `could not be played: ${fault instanceof Error ? fault.message : String(fault)}`,
    holds: false,
  }))
  const seconds = Math.round((performance.now() - started) / 1000)
  rows.push({ name, measured, holds })
  console.log(`${holds ? 'holds     ' : 'GIVES WAY '} ${name} (${seconds} s)\n           ${measured}`)
}
console.log('\n| Attack | Measured | Holds |\n|---|---|---|')
for (const { name, measured, holds } of rows)
  console.log(`| ${name} | ${measured.replaceAll('|', '/')} | ${holds ? 'yes' : 'no'} |`)
process.exitCode = rows.length > 0 && rows.every(row => row.holds) ? 0 : 1
