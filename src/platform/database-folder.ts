import { readFile } from 'node:fs/promises'
import { connectOnce, endConnection } from './as-owner.ts'

/**
 * Where a database lies on the disks of this machine. Null when it lies on another machine, or when the server does not
 * tell this role: its disk is not known then. That it is this machine is seen by the server's own process for the
 * connection, which stands among ours.
 */
export async function findDatabaseFolder(ownerUrl: string): Promise<string | null> {
  try {
    const client = await connectOnce(ownerUrl, { answerIn: 10_000 })
    try {
      const found = await client.query<{ pid: number; folder: string }>(
        "select pg_backend_pid() as pid, current_setting('data_directory') as folder",
      )
      const { pid, folder } = found.rows[0] ?? { pid: 0, folder: '' }
      // proc(5): cmdline; PostgreSQL names its processes there
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
      return command.startsWith('postgres:') && command.includes(client.user ?? '') ? folder : null
    } finally {
      await endConnection(client)
    }
  } catch {
    return null
  }
}
