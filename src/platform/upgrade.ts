import { connectOnce, endConnection } from './as-owner.ts'
import { type LastBackup, readLastBackup } from './backup/last-backup.ts'
import { readDatabaseFiles } from './database-files.ts'
import { Fault } from './fault.ts'
import { findWaiting } from './migrate.ts'
import { presenceLock } from './presence.ts'

/** What this version of the program would change in the database before it can work. */
export type Upgrade = {
  /** How many steps the database has taken, the baseline among them; none where there are no tables yet. */
  readonly done: number
  readonly waiting: readonly string[]
  /** A real clinic: not none at all, and not demos alone. */
  readonly holdsClinic: boolean
  /** Another program is at work on it at this moment. */
  readonly isServed: boolean
}

/** A nightly backup counts until the next one is due, and a little longer. */
const freshFor = 36 * 60 * 60 * 1000

/**
 * A clinic's database is changed only with a fresh backup of it as it stands, or when somebody says so
 * (`unwatched migrate`); an empty one, and a demo, at once.
 */
export function decideUpgrade(
  upgrade: Pick<Upgrade, 'done' | 'waiting' | 'holdsClinic'>,
  lastBackup: LastBackup | null,
  now: Date,
): 'nothing' | 'go-on' | 'backup-first' {
  if (upgrade.waiting.length === 0) return 'nothing'
  if (!upgrade.holdsClinic) return 'go-on'
  const isFresh =
    lastBackup !== null &&
    lastBackup.migrations === upgrade.done &&
    now.getTime() - lastBackup.at.getTime() <= freshFor
  return isFresh ? 'go-on' : 'backup-first'
}

/** Looks, and changes nothing. */
export async function readUpgrade(ownerUrl: string, folder?: URL): Promise<Upgrade> {
  const files = await readDatabaseFiles(folder)
  const client = await connectOnce(ownerUrl)
  try {
    const waiting = await findWaiting(client, files)
    const there = await client.query<{ clinic: boolean }>(
      "select to_regclass('unwatched.clinic') is not null as clinic",
    )
    const clinics = there.rows[0]?.clinic
      ? await client.query('select 1 from unwatched.clinic where not is_demo limit 1')
      : { rowCount: 0 }
    // Every program that works on the queue holds this lock, shared.
    const alone = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [
      presenceLock,
    ])
    return {
      done: waiting.done,
      waiting: [...waiting.steps.map(step => step.name), ...waiting.definitions],
      holdsClinic: clinics.rowCount !== 0,
      isServed: !alone.rows[0]?.alone,
    }
  } finally {
    await endConnection(client)
  }
}

/** Says what an upgrade would do, and refuses one that needs a person first. */
export async function prepareUpgrade(
  ownerUrl: string,
  dataFolder: string,
  options: {
    readonly say: (line: string) => void
    readonly now: Date
    readonly isAsked?: boolean
    /** The files, where they are others than those of this program. */
    readonly files?: URL | undefined
  },
): Promise<void> {
  const upgrade = await readUpgrade(ownerUrl, options.files)
  if (upgrade.waiting.length === 0) return
  if (upgrade.isServed) {
    throw new Fault(
      'upgrade-while-served',
      'An earlier version of the program is at work on this database. Stop it first: this version changes the database.',
    )
  }
  if (upgrade.done === 0) return
  const changes = upgrade.waiting.length === 1 ? 'one change' : `${upgrade.waiting.length} changes`
  const lastBackup = await readLastBackup(dataFolder)
  if (!options.isAsked && decideUpgrade(upgrade, lastBackup, options.now) === 'backup-first') {
    throw new Fault(
      'backup-first',
      [
        `This version of the program makes ${changes} to the database, and ${sayBackupLack(upgrade, lastBackup)}`,
        'Nothing was changed. Make a backup, then start again:',
        '  unwatched backup FILE',
        'Or go on without one:',
        '  unwatched migrate',
      ].join('\n'),
    )
  }
  options.say(
    `Bringing the database up to this version: ${changes}.${lastBackup && upgrade.holdsClinic ? ` The last backup is of ${lastBackup.at.toISOString()}.` : ''}`,
  )
}

/** Why the last backup does not count: there is none, it is too old, or the database was changed since. */
function sayBackupLack(upgrade: Pick<Upgrade, 'done'>, lastBackup: LastBackup | null): string {
  if (lastBackup && lastBackup.migrations !== upgrade.done)
    return `the last backup, of ${lastBackup.at.toISOString()}, is of the database before it was last changed.`
  return 'there is no backup of it from the last day and a half.'
}
