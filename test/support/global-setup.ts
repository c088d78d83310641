import { execFileSync } from 'node:child_process'
import { access, chmod, constants, mkdtemp, rm, statfs } from 'node:fs/promises'
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
    /** A folder of this run, which goes with it. */
    readonly runFolder: string
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
  const folder = await mkdtemp(join(await findRoom(), 'unwatched-test-'))
  await chmod(folder, 0o755)
  project.provide('runFolder', folder)
  const given = process.env['UNWATCHED_TEST_SERVER']
  const server = given ? await useServer(given) : await startServer(folder)
  project.provide('ownerUrl', server.ownerUrl)
  return async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

type Server = { readonly ownerUrl: string; readonly stop: () => Promise<void> }

async function startServer(folder: string): Promise<Server> {
  const server = await startEmbeddedPostgres(join(folder, 'postgres'), {
    settings: {
      fsync: 'off',
      // A commit waits until its log is written, as in a clinic: after one that does not wait, the server sets the marks of
      // rows later than their writer reads them, for transactions beside it too. With fsync off it costs next to nothing.
      synchronous_commit: 'on',
      full_page_writes: 'off',
      max_connections: '200',
      // A run makes two hundred databases and leaves each after seconds: it is never worth tidying them up.
      autovacuum: 'off',
      // No question of a test is so long that translating it first would pay.
      jit: 'off',
      // A run signs in a thousand times with passwords that nobody guesses: to make each guess dear would only cost time.
      scram_iterations: '1',
    },
  })
  await migrate(server.ownerUrl)
  return server
}

/** The memory of the machine where there is plenty of it: nothing that a run writes is worth a disk. */
async function findRoom(): Promise<string> {
  const memory = '/dev/shm'
  try {
    await access(memory, constants.W_OK | constants.X_OK)
    const { bavail, bsize } = await statfs(memory)
    return bavail * bsize > 8 * 1024 ** 3 ? memory : tmpdir()
  } catch {
    return tmpdir()
  }
}

async function useServer(address: string): Promise<Server> {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  await client.query('drop database if exists unwatched with (force)')
  await client.query('create database unwatched')
  const ownerUrl = address.replace(/postgres$/, 'unwatched')
  await migrate(ownerUrl)
  return { ownerUrl, stop: () => client.end() }
}
