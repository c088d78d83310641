import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { sha256 } from '../../src/foundation/digest.ts'
import { openBlobStore } from '../../src/platform/blobs.ts'
import { asOrdinary, makeOrdinaryRole } from './ordinary-owner.ts'
import { asOwner } from './test-clinic.ts'

/** An empty machine: a database with nothing in it, and an empty data directory. */
export type SecondMachine = {
  readonly ownerUrl: string
  readonly dataFolder: string
  readonly blobFolder: string
  /** True while nothing of ours was put there. */
  readonly isUntouched: () => Promise<boolean>
  readonly close: () => Promise<void>
}

export async function openSecondMachine(): Promise<SecondMachine> {
  const name = `second_${randomBytes(6).toString('hex')}`
  const server = inject('ownerUrl').replace(/unwatched$/, 'postgres')
  await makeOrdinaryRole(server, name)
  await asOwner(server, client => client.query(`create database ${name} owner ${name}`))
  const ownerUrl = asOrdinary(server.replace(/postgres$/, name), name)
  const dataFolder = await mkdtemp(join(tmpdir(), 'unwatched-second-'))
  const blobFolder = join(dataFolder, 'blobs')
  return {
    ownerUrl,
    dataFolder,
    blobFolder,
    isUntouched: async () => {
      const schemas = await asOwner(ownerUrl, client =>
        client.query("select 1 from pg_namespace where nspname in ('unwatched', 'graphile_worker')"),
      )
      return schemas.rowCount === 0 && (await readBlobs(blobFolder)).size === 0
    },
    close: async () => {
      await asOwner(server, client => client.query(`drop database if exists ${name} with (force)`))
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

/**
 * Every row of every table, as text and in order, seen past the program. Transaction numbers belong to the server they
 * were given by, and the queue's library keeps one table by itself.
 */
export async function readRows(ownerUrl: string): Promise<ReadonlyMap<string, readonly string[]>> {
  return asOwner(ownerUrl, async client => {
    await client.query('begin transaction isolation level repeatable read read only')
    const tables = await client.query<{ name: string; columns: string }>(
      `select format('%I.%I', table_schema, table_name) as name, string_agg(format('%I', column_name), ', ' order by column_name) as columns
       from information_schema.columns join information_schema.tables using (table_schema, table_name)
       where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'
         and udt_name <> 'xid8' and (table_schema, table_name) <> ('graphile_worker', 'migrations')
       group by 1 order by 1`,
    )
    const rows = new Map<string, readonly string[]>()
    for (const { name, columns } of tables.rows) {
      const found = await client.query<{ row: string }>(
        `select row(${columns})::text as row from ${name} order by 1`,
      )
      rows.set(
        name,
        found.rows.map(each => each.row),
      )
    }
    return rows
  })
}

/** Every blob, with the digest of its bytes. */
export async function readBlobs(folder: string): Promise<ReadonlyMap<string, string>> {
  const blobs = openBlobStore(folder)
  const found = new Map<string, string>()
  for await (const { blobId } of blobs.list()) {
    const parts: Buffer[] = []
    for await (const part of blobs.open(blobId)) parts.push(part)
    found.set(blobId, sha256(Buffer.concat(parts)))
  }
  return found
}
