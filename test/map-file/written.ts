import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { leaksShape } from '../../src/access-engine/leaks/leak-case.ts'
import { mapShape } from '../../src/access-engine/reach/map.ts'
import { projectFolder } from '../source-files.ts'
import { writeFieldTables } from './write-field-tables.ts'
import { writeJsonSchema } from './write-json-schema.ts'

/** What is written from the two formats: each file, and what stands in it. */
export const written: readonly { readonly path: string; readonly write: () => string }[] = [
  {
    path: 'src/access-engine/access-map.schema.json',
    write: () =>
      writeJsonSchema(
        mapShape,
        'Access map, version 1',
        'Who can reach what, what the client can do about it, and what they must not lose. docs/access-map-file.md explains each field.',
      ),
  },
  {
    path: 'src/access-engine/leaks.schema.json',
    write: () =>
      writeJsonSchema(
        leaksShape,
        'Leaks, version 1',
        'The days on which the suspected person knew something, and what may have told them. docs/access-map-file.md explains each field.',
      ),
  },
  {
    path: 'docs/access-map-file.md',
    write: () =>
      putBetween(
        'leaks',
        writeFieldTables(leaksShape),
        putBetween(
          'map',
          writeFieldTables(mapShape),
          readFileSync(join(projectFolder, 'docs/access-map-file.md'), 'utf8'),
        ),
      ),
  },
]

/** A page in which the lines between two marks are these. */
function putBetween(mark: string, lines: string, page: string): string {
  const begins = `<!-- fields of the ${mark}, written by npm run map-file -->\n`
  const ends = `\n<!-- end of the fields of the ${mark} -->`
  const [before, rest] = page.split(begins)
  const after = rest?.split(ends)[1]
  if (before === undefined || after === undefined) throw new Error(`The page has no marks of ${mark}.`)
  return `${before}${begins}${lines}${ends}${after}`
}

/** Writes all of it: `npm run map-file`. */
export function writeMapFile(): void {
  for (const { path, write } of written) {
    writeFileSync(join(projectFolder, path), write())
    console.log(`Wrote ${path}`)
  }
}
