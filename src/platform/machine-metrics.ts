import { statfs } from 'node:fs/promises'
import { readLastBackup } from './backup/last-backup.ts'
import type { Clinic } from './clinic.ts'
import { loadQueueFigures } from './queue-figures.ts'

/** What an operator watches of the machine and the queue: figures alone, in the text format of Prometheus. */
export async function writeMachineMetrics(
  clinic: Pick<Clinic, 'clinicId' | 'database'>,
  dataFolder: string,
  memoryBeside: () => Promise<number> = async () => 0,
): Promise<readonly string[]> {
  const queue = await within(2000, loadQueueFigures(clinic))
  const disk = await statfs(dataFolder).catch(() => null)
  const backup = await readLastBackup(dataFolder)
  return [
    ...gauge('unwatched_database_reachable', 'Whether the database answers: 1 or 0.', queue === null ? 0 : 1),
    ...(queue === null ? [] : queueLines(queue)),
    ...(disk === null
      ? []
      : gauge(
          'unwatched_data_disk_free_bytes',
          'Room left where the data directory lies.',
          disk.bavail * disk.bsize,
        )),
    ...gauge(
      'unwatched_last_backup_timestamp_seconds',
      'When the last backup was begun; 0 when there was none.',
      backup ? Math.floor(backup.at.getTime() / 1000) : 0,
    ),
    ...gauge(
      'unwatched_memory_bytes',
      'Memory that the program holds, in every process that answers pages.',
      process.memoryUsage.rss() + (await memoryBeside()),
    ),
    ...gauge(
      'unwatched_up_seconds',
      'For how long the program has been running.',
      Math.floor(process.uptime()),
    ),
  ]
}

function queueLines(queue: Awaited<ReturnType<typeof loadQueueFigures>>): readonly string[] {
  const states = ['waiting', 'later', 'working', 'parked'] as const
  return [
    '# HELP unwatched_jobs Jobs: waiting to be done now, asked for later, being worked on, parked for a person.',
    '# TYPE unwatched_jobs gauge',
    ...states.map(state => `unwatched_jobs{state="${state}"} ${queue[state]}`),
    ...(queue.oldestWaiting === null
      ? []
      : gauge(
          'unwatched_oldest_waiting_job_timestamp_seconds',
          'Since when the oldest job that could be done now has been waiting.',
          Math.floor(queue.oldestWaiting.getTime() / 1000),
        )),
  ]
}

function gauge(name: string, help: string, value: number): readonly string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name} ${value}`]
}

/** Null when it fails, or takes longer than an operator's watch waits. */
async function within<Answer>(milliseconds: number, work: Promise<Answer>): Promise<Answer | null> {
  let patience: NodeJS.Timeout | undefined
  const late = new Promise<null>(done => {
    patience = setTimeout(() => done(null), milliseconds)
  })
  try {
    return await Promise.race([work.catch(() => null), late])
  } finally {
    clearTimeout(patience)
  }
}
