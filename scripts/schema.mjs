// npm run schema: writes the row types and the page about who sees what from the database that database/ makes.
import { prepare } from './prepare.mjs'

prepare()
const { register } = await import('tsx/esm/api')
register()
const { writeSchema } = await import('../test/database/write-schema.ts')
await writeSchema()
