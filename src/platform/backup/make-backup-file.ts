import { randomBytes } from 'node:crypto'
import { type FileHandle, link, lstat, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { saysDatabaseIsAway } from '../database-trouble.ts'
import { Fault } from '../fault.ts'
import { clinicKeyId, deriveSecret } from '../keys.ts'
import { sealParts } from '../seal.ts'
import { boundOf, makeEnvelope, writeBack, writeFront } from './envelope.ts'
import type { Contents } from './manifest.ts'
import { type BackupSource, writeBackup } from './write-backup.ts'

/** The key a backup is sealed with: from the clinic's, and of no other use. */
export const backupKeyLabel = 'backup'

/**
 * Writes a backup of everything to a file that is not there yet: under another name until it is whole and on the disk.
 * Answers what it holds.
 */
export async function makeBackupFile(source: BackupSource, path: string): Promise<Contents> {
  if (await lstat(path).catch(() => null)) throw alreadyThere(path)
  const draft = `${path}.${randomBytes(4).toString('hex')}.unfinished`
  const file = await openDraft(draft)
  try {
    let held: Omit<Contents, 'size'> | undefined
    const envelope = makeEnvelope(clinicKeyId(source.key))
    const rows = writeBackup(source, (manifest, closing) => {
      held = { manifest, closing }
    })
    await write(file, writeFront(envelope))
    let size = 0
    for await (const part of sealParts(deriveSecret(source.key, backupKeyLabel), boundOf(envelope), rows)) {
      await write(file, part)
      size += part.length
    }
    await write(file, writeBack(size))
    await file.sync()
    const { size: whole } = await file.stat()
    await file.close()
    if (!held) throw new Fault('not-written', 'The backup ended before its end. Nothing was kept.')
    await giveItsName(draft, path)
    return { ...held, size: whole }
  } catch (cause) {
    await file.close().catch(() => {}) // it may be closed already
    await rm(draft, { force: true })
    throw faultOf(cause, path)
  }
}

async function openDraft(draft: string): Promise<FileHandle> {
  try {
    return await open(draft, 'wx', 0o600)
  } catch (cause) {
    throw faultOf(cause, draft)
  }
}

async function write(file: FileHandle, part: Buffer): Promise<void> {
  for (let done = 0; done < part.length; ) done += (await file.write(part, done)).bytesWritten
}

/** Never over a file that is there, however late it came. */
async function giveItsName(draft: string, path: string): Promise<void> {
  try {
    await link(draft, path)
    await rm(draft)
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    if (code === 'EEXIST') throw alreadyThere(path)
    // A stick or a network drive may have no links.
    if (await lstat(path).catch(() => null)) throw alreadyThere(path)
    await rename(draft, path)
  }
  const folder = await open(dirname(path), 'r')
  await folder.sync().catch(() => {}) // not every file system can
  await folder.close()
}

function alreadyThere(path: string): Fault {
  return new Fault('backup-exists', `${path} is there already, and is not overwritten. Give another name.`)
}

function faultOf(cause: unknown, path: string): unknown {
  if (cause instanceof Fault) return cause
  if (saysDatabaseIsAway(cause))
    return new Fault(
      'database-lost',
      'The database went away while the backup was written. Nothing was kept.',
      { cause },
    )
  const code = (cause as NodeJS.ErrnoException).code
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG')
    return new Fault(
      'backup-disk-full',
      `There is not enough room for the backup at ${path}. Nothing was kept.`,
      { cause },
    )
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new Fault('backup-folder', `The folder of ${path} is not there.`, { cause })
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new Fault('backup-folder', `The folder of ${path} cannot be written (${code}).`, { cause })
  return cause
}
