import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '../../src/platform/migrate.ts'
import { projectFolder } from '../source-files.ts'
import { type MadeDatabase, makeDatabase } from '../support/made-database.ts'
import { asOwner } from '../support/test-clinic.ts'
import { drawn } from './drawn.ts'

let database: MadeDatabase
beforeAll(async () => {
  database = await makeDatabase()
  await migrate(database.ownerUrl)
})
afterAll(() => database.drop())

test.each(drawn)('$path is what the database says (npm run schema writes it)', async ({ path, draw }) => {
  expect(await draw(database.ownerUrl)).toBe(await readFile(join(projectFolder, path), 'utf8'))
})

test('a column that is not in the row types is seen', async () => {
  const changed = await makeDatabase(database)
  await asOwner(changed.ownerUrl, client =>
    client.query('alter table unwatched.task add column of_nobody date'),
  )
  const drawing = await drawn[0]?.draw(changed.ownerUrl)
  expect(drawing).toContain('of_nobody: string | null')
  await changed.drop()
})
