import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** When the last backup was made, and of how many migrations; kept in the data directory for monitoring. */
const LastBackup = z.strictObject({ at: z.iso.datetime(), migrations: z.int().min(1) })

export type LastBackup = { readonly at: Date; readonly migrations: number }

const fileName = 'last-backup.json'

export async function noteLastBackup(dataFolder: string, backup: LastBackup): Promise<void> {
  const path = join(dataFolder, fileName)
  await writeFile(
    `${path}.new`,
    JSON.stringify({ at: backup.at.toISOString(), migrations: backup.migrations }),
    {
      mode: 0o600,
    },
  )
  await rename(`${path}.new`, path)
}

/** Null when there was none, or nobody can tell. */
export async function readLastBackup(dataFolder: string): Promise<LastBackup | null> {
  try {
    const parsed = LastBackup.safeParse(JSON.parse(await readFile(join(dataFolder, fileName), 'utf8')))
    return parsed.success ? { at: new Date(parsed.data.at), migrations: parsed.data.migrations } : null
  } catch {
    return null
  }
}

/** What became of the last try to make a backup, or to check one; kept beside the other, for monitoring. */
const BackupTry = z.strictObject({
  began: z.iso.datetime(),
  state: z.enum(['under-way', 'made', 'failed']),
  code: z.string().max(60),
})

export type BackupTry = {
  readonly began: Date
  readonly state: 'under-way' | 'made' | 'failed'
  readonly code: string
}

const tryName = 'last-backup-try.json'

/** Never the reason that a backup fails: where it cannot be written, nobody can tell. */
export async function noteBackupTry(dataFolder: string, made: BackupTry): Promise<void> {
  const path = join(dataFolder, tryName)
  try {
    const text = JSON.stringify({ ...made, began: made.began.toISOString(), code: made.code.slice(0, 60) })
    await writeFile(`${path}.new`, text, { mode: 0o600 })
    await rename(`${path}.new`, path)
  } catch {
    // The disk is full, most likely; then the page says so of the disk.
  }
}

/** Null when there was none, or nobody can tell. */
export async function readBackupTry(dataFolder: string): Promise<BackupTry | null> {
  try {
    const parsed = BackupTry.safeParse(JSON.parse(await readFile(join(dataFolder, tryName), 'utf8')))
    return parsed.success ? { ...parsed.data, began: new Date(parsed.data.began) } : null
  } catch {
    return null
  }
}
