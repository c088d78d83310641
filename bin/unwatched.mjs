#!/usr/bin/env node
// The command line: plain JavaScript, as it was built.
import { existsSync } from 'node:fs'

const program = new URL('../dist/cli/', import.meta.url)
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Unwatched needs Node 20.19 or newer; this is Node ${process.versions.node}.`)
  process.exit(70)
}
if (!existsSync(new URL('unwatched.js', program))) {
  console.error(
    'Unwatched is not set up yet. Run `npm start` or `npm test` once in this folder, then try again.',
  )
  process.exit(70)
}
const { outliveReaders } = await import(new URL('terminal.js', program))
const { unwatched } = await import(new URL('unwatched.js', program))
outliveReaders()
process.exitCode = await unwatched(process.argv.slice(2))
