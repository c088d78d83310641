// npm run bench: every figure that the documents quote, as ratios measured in one run, with the machine they were measured on.
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
const folder = fileURLToPath(new URL('../bench/', import.meta.url))
const files = readdirSync(folder).filter(name => name.endsWith('.bench.ts'))
for (const file of files.sort()) {
  if (wanted.length > 0 && !wanted.some(word => file.includes(word))) continue
  const { default: run } = await import(await makePlainProgram(join(folder, file)))
  for (const { name, rows } of await run()) {
    console.log(name)
    for (const row of rows) console.log(`  ${row}`)
    console.log()
  }
}
