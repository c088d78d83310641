import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** When the last backup was made, and of how many migrations; kept in the data directory for whoever watches. */
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
