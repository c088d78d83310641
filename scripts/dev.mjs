// npm run dev: serves the demo from the sources as they stand, for the people who change them. What pages load and the processes
// for heavy work are built; they are built again at each start.
import { prepare } from './prepare.mjs'

prepare()
const { build } = await import('./build.mjs')
build({ checksTypes: false })
if (!process.features.typescript) (await import('tsx/esm/api')).register()
const { unwatched } = await import('../src/cli/unwatched.ts')
const extra = process.argv.slice(2)
// A debugger sees one process.
process.env.UNWATCHED_PROCESSES ??= '1'
process.exitCode = await unwatched(['serve', ...(process.env.DATABASE_URL ? [] : ['--demo']), ...extra])
