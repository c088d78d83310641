// npm start: sets up what is missing, then serves the clinic; with the demo unless DATABASE_URL names a real server.
import { prepare } from './prepare.mjs'

prepare()
const { register } = await import('tsx/esm/api')
register()
const { unwatched } = await import('../src/cli/unwatched.ts')
const extra = process.argv.slice(2)
const demo = process.env.DATABASE_URL ? [] : ['--demo']
process.exitCode = await unwatched(['serve', ...demo, ...extra.filter(argument => !demo.includes(argument))])
