import { execFileSync } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type {} from 'vitest'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts'
import { migrate } from '../../src/platform/migrate.ts'
import { projectFolder } from '../source-files.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    readonly ownerUrl: string
  }
}

/**
 * One real PostgreSQL for the whole run, migrated once; each test file copies the migrated database.
 * It does not wait for the disk: what survives a crash is tested with a server of its own that does.
 * UNWATCHED_TEST_SERVER names another server to run on, such as a PostgreSQL 15: the address of a superuser in the
 * database `postgres` of a server that is there for nothing else.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Programs that tests start, and the processes for heavy work, are the built ones: those of these very sources.
  execFileSync(process.execPath, ['scripts/build.mjs', '--no-types'], {
    stdio: 'inherit',
    cwd: projectFolder,
  })
  const given = process.env['UNWATCHED_TEST_SERVER']
  if (given) return useServer(given, project)
  const folder = await mkdtemp(join(tmpdir(), 'unwatched-test-'))
  await chmod(folder, 0o755)
  const server = await startEmbeddedPostgres(join(folder, 'postgres'), {
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  })
  await migrate(server.ownerUrl)
  project.provide('ownerUrl', server.ownerUrl)
  return async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function useServer(address: string, project: TestProject): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  await client.query('drop database if exists unwatched with (force)')
  await client.query('create database unwatched')
  const ownerUrl = address.replace(/postgres$/, 'unwatched')
  await migrate(ownerUrl)
  project.provide('ownerUrl', ownerUrl)
  return () => client.end()
}
