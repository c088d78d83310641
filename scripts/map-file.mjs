// npm run map-file: writes the JSON Schemas and the tables of docs/access-map-file.md from the format as the engine has it.
import { register } from 'tsx/esm/api'

register()
const { writeMapFile } = await import('../test/map-file/written.ts')
writeMapFile()
