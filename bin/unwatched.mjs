#!/usr/bin/env node
// The command line. The TypeScript is run as it stands: there is no build to go stale.
try {
  const { register } = await import('tsx/esm/api')
  register()
} catch {
  console.error(
    'Unwatched is not set up yet. Run `npm start` or `npm test` once in this folder, then try again.',
  )
  process.exit(70)
}
const { outliveReaders } = await import('../src/cli/terminal.ts')
const { unwatched } = await import('../src/cli/unwatched.ts')
outliveReaders()
process.exitCode = await unwatched(process.argv.slice(2))
