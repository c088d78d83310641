import { statfs } from 'node:fs/promises'
import { type BackupTry, readBackupTry, readLastBackup } from './backup/last-backup.ts'
import type { Clinic } from './clinic.ts'
import { loadQueueFigures, type QueueFigures } from './jobs.ts'

/** Bytes. */
export type Disk = { readonly free: number; readonly size: number }

/** How the machine stands. Null is not known. */
export type MachineState = {
  readonly lastBackup: Date | null
  readonly lastTry: BackupTry | null
  /** Where the files lie that people brought. */
  readonly dataDisk: Disk | null
  readonly databaseDisk: Disk | null
  readonly queue: QueueFigures | null
}

/** How long each of them is waited for, in milliseconds: a disk of another machine may not answer. */
const patience = 2000

/** Looks at backups, disks and the queue; null where the program was not told where they are. */
export async function readMachineState(
  clinic: Pick<Clinic, 'clinicId' | 'database' | 'machine'>,
): Promise<MachineState | null> {
  const { machine } = clinic
  if (!machine) return null
  const [lastBackup, lastTry, dataDisk, databaseDisk, queue] = await Promise.all([
    within(readLastBackup(machine.dataFolder)),
    within(readBackupTry(machine.dataFolder)),
    within(diskOf(machine.dataFolder)),
    within(machine.databaseFolder === null ? Promise.resolve(null) : diskOf(machine.databaseFolder)),
    within(loadQueueFigures(clinic)),
  ])
  return { lastBackup: lastBackup?.at ?? null, lastTry, dataDisk, databaseDisk, queue }
}

async function diskOf(folder: string): Promise<Disk> {
  const found = await statfs(folder)
  return { free: found.bavail * found.bsize, size: found.blocks * found.bsize }
}

async function within<Answer>(work: Promise<Answer>): Promise<Answer | null> {
  let late: NodeJS.Timeout | undefined
  const waiting = new Promise<null>(done => {
    late = setTimeout(() => done(null), patience)
  })
  try {
    return await Promise.race([work.catch(() => null), waiting])
  } finally {
    clearTimeout(late)
  }
}
