// npm run bench: every figure that the documents quote, as ratios measured in one run, with the machine they were measured on.
import { readdirSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { prepare } from './prepare.mjs'

prepare()
const { register } = await import('tsx/esm/api')
register()
const wanted = process.argv.slice(2)
console.log(
  `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, ${process.platform}\n`,
)
const files = readdirSync(new URL('../bench/', import.meta.url)).filter(name => name.endsWith('.bench.ts'))
for (const file of files.sort()) {
  if (wanted.length > 0 && !wanted.some(word => file.includes(word))) continue
  const { default: run } = await import(`../bench/${file}`)
  for (const { name, rows } of await run()) {
    console.log(name)
    for (const row of rows) console.log(`  ${row}`)
    console.log()
  }
}
