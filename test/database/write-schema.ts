import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts'
import { migrate } from '../../src/platform/migrate.ts'
import { projectFolder } from '../source-files.ts'
import { drawn } from './drawn.ts'

/** Writes what is drawn from the database: `npm run schema`. */
export async function writeSchema(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'unwatched-schema-'))
  const server = await startEmbeddedPostgres(join(folder, 'postgres'), { settings: { fsync: 'off' } })
  try {
    await migrate(server.ownerUrl)
    for (const { path, draw } of drawn) {
      await writeFile(join(projectFolder, path), await draw(server.ownerUrl))
      console.log(`Wrote ${path}`)
    }
  } finally {
    await server.stop()
    await rm(folder, { recursive: true })
  }
}
