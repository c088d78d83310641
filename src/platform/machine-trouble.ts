import type { Disk, MachineState } from './machine-state.ts'

/** What of the machine needs somebody, gravest first. */
export const machineTroubles = [
  'disk-full',
  'database-disk-full',
  'backup-never',
  'backup-failed',
  'backup-old',
  'queue-standing',
  'jobs-stopped',
] as const

export type MachineTrouble = (typeof machineTroubles)[number]

const hour = 3_600_000
/** A nightly backup counts until the next one is due, and a little longer. */
const backupHolds = 36 * hour
/** A backup that was begun and not ended after this long was cut off. */
const backupTakes = 12 * hour
/** Work that could be done now and was not for this long is stuck. */
const queueHolds = hour
/** Less room than this part of a disk is a matter for today. */
const leastFree = 0.1

/** What of a machine needs somebody now. What is not known is no trouble here; the page says of each that it is not known. */
export function findMachineTroubles(state: MachineState, now: Date): readonly MachineTrouble[] {
  const { lastBackup, lastTry, queue } = state
  const since = (at: Date): number => now.getTime() - at.getTime()
  const holds: Readonly<Record<MachineTrouble, boolean>> = {
    'disk-full': isLow(state.dataDisk),
    'database-disk-full': isLow(state.databaseDisk),
    'backup-never': lastBackup === null,
    'backup-failed':
      lastTry !== null &&
      (lastTry.state === 'failed' || (lastTry.state === 'under-way' && since(lastTry.began) > backupTakes)),
    'backup-old': lastBackup !== null && since(lastBackup) > backupHolds,
    'queue-standing':
      queue !== null && queue.oldestWaiting !== null && since(queue.oldestWaiting) > queueHolds,
    'jobs-stopped': queue !== null && queue.parked > 0,
  }
  return machineTroubles.filter(trouble => holds[trouble])
}

function isLow(disk: Disk | null): boolean {
  return disk !== null && disk.size > 0 && disk.free < disk.size * leastFree
}
