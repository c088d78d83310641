import { createHash } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type BlobStore, openBlobStore } from '../blobs.ts'
import { readDatabaseFiles } from '../database-files.ts'
import { saysDatabaseIsAway } from '../database-trouble.ts'
import { Fault } from '../fault.ts'
import type { ClinicKey } from '../keys.ts'
import { migrate } from '../migrate.ts'
import { clearUnfinished } from './clear-unfinished.ts'
import { openRowLoader } from './load-rows.ts'
import type { Contents, Manifest } from './manifest.ts'
import type { Progress } from './progress.ts'
import { readBackup } from './read-backup.ts'

/** Where a backup is restored to. */
export type RestoreTarget = {
  readonly ownerUrl: string
  readonly key: ClinicKey
  readonly dataFolder: string
  /** The jobs that go on by themselves. Every other one waits for a person: it could reach somebody (S1). */
  readonly goesOn: readonly string[]
  readonly say: Progress
  /** The SQL of the database, where it is another than that of this program. */
  readonly files?: URL
}

/** In the data directory while a restore is at work, and after one that was cut off. */
export const unfinishedName = 'RESTORE-NOT-FINISHED.txt'

/** Refuses a backup whose tables this program does not know how to make. */
export async function refuseUnknownTables({ migrations }: Manifest): Promise<void> {
  const ours = (await readDatabaseFiles()).steps
  if (migrations.length > ours.length) {
    throw new Fault(
      'backup-newer',
      `The backup was made by a newer version of the program: it holds change ${migrations.length - 1}, this program knows ${ours.length - 1}. Use the newer version to restore it.`,
    )
  }
  for (const [index, { name, digest }] of migrations.entries()) {
    if (ours[index]?.digest === digest) continue
    throw new Fault(
      'backup-of-another-program',
      `The backup holds ${name}, which is not the one this program has. It was made by another program, or this one was altered.`,
    )
  }
}

/**
 * Brings a backup that was checked back into an empty database and data directory. The clinic appears with the last
 * step, in one transaction: cut off before it, nothing of a clinic is there, and the next restore begins afresh.
 */
export async function restoreBackup(
  path: string,
  target: RestoreTarget,
  checked: Manifest,
): Promise<Contents & { readonly heldJobs: number }> {
  const { ownerUrl, key, dataFolder, say } = target
  if (await clearUnfinished(ownerUrl))
    say('There were empty tables, as a restore that was cut off leaves. They are made again.')
  const unfinished = join(dataFolder, unfinishedName)
  await writeFile(
    unfinished,
    'A restore began here and has not finished. Run it again: unwatched restore FILE\n',
    { mode: 0o600 },
  )
  await migrate(ownerUrl, target.files, { upTo: checked.migrations.length })
  const loader = await openRowLoader(ownerUrl)
  try {
    const blobFolder = join(dataFolder, 'blobs')
    await mkdir(blobFolder, { recursive: true, mode: 0o700 })
    const blobs = openBlobStore(blobFolder)
    const contents = await readBackup(path, key, say, {
      begin: async manifest => {
        if (JSON.stringify(manifest) !== JSON.stringify(checked))
          throw new Fault(
            'backup-altered',
            'The backup changed while it was being read. Nothing was restored.',
          )
      },
      table: loader.table,
      counters: loader.counters,
      blob: (blobId, _size, body) => restoreBlob(blobs, blobId, body),
    })
    const heldJobs = await loader.keep(target.goesOn)
    await rm(unfinished, { force: true })
    return { ...contents, heldJobs }
  } catch (cause) {
    if (!saysDatabaseIsAway(cause)) throw cause
    throw new Fault(
      'database-lost',
      'The database went away during the restore. Nothing was restored: run it again.',
      {
        cause,
      },
    )
  } finally {
    await loader.close().catch(() => {}) // it may be gone
  }
}

/** A blob that is there already, from a restore that was cut off or a disk that survived, must be the same. */
async function restoreBlob(blobs: BlobStore, blobId: string, body: AsyncIterable<Buffer>): Promise<void> {
  if (!(await blobs.has(blobId))) {
    await blobs.put(blobId, body)
    return
  }
  const digests = [await digestOf(body), await digestOf(blobs.open(blobId))]
  if (digests[0] !== digests[1]) {
    throw new Fault(
      'blob-differs',
      `The data directory holds the blob ${blobId} with other bytes than the backup. Restore into an empty data directory. Nothing was restored.`,
    )
  }
}

async function digestOf(body: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of body) hash.update(part)
  return hash.digest('hex')
}
