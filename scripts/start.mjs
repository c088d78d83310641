// npm start: sets up and builds what is missing, then serves the clinic; with the demo unless DATABASE_URL names a real server.
import { prepare } from './prepare.mjs'

prepare()
const { build } = await import('./build.mjs')
build({ checksTypes: false })
const { unwatched } = await import('../dist/cli/unwatched.js')
const extra = process.argv.slice(2)
const demo = process.env.DATABASE_URL ? [] : ['--demo']
process.exitCode = await unwatched(['serve', ...demo, ...extra.filter(argument => !demo.includes(argument))])
