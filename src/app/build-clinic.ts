import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { nameMapRules } from '../access-map/operations/name-map-rules.ts'
import { renewGlances } from '../casefile/operations/glances.ts'
import type { ClinicId } from '../foundation/ids.ts'
import { connectOnce, endConnection } from '../platform/as-owner.ts'
import { unfinishedName } from '../platform/backup/restore-backup.ts'
import type { Clinic } from '../platform/clinic.ts'
import { realClock } from '../platform/clock.ts'
import type { Config } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { findDatabaseFolder } from '../platform/database-folder.ts'
import { codeOfTrouble, findTrouble } from '../platform/database-trouble.ts'
import { findRunningPostgres, startEmbeddedPostgres } from '../platform/embedded-postgres.ts'
import { Fault } from '../platform/fault.ts'
import { takeInstanceLock } from '../platform/instance-lock.ts'
import { type ClinicKey, clinicKeyId, deriveSecret } from '../platform/keys.ts'
import type { Log } from '../platform/log.ts'
import { migrate } from '../platform/migrate.ts'
import { refuseWithoutOriginals } from '../platform/originals-here.ts'
import { prepareProgramRole, verifyProgramRole } from '../platform/program-role.ts'
import { prepareUpgrade } from '../platform/upgrade.ts'
import { refusePooler, refuseStrongOwner } from '../platform/verify-server.ts'

/** What a clinic is built on, before it is known which clinic: the database, migrated, and its folders. */
export type ClinicContext = {
  readonly ownerUrl: string
  readonly programUrl: string
  /** Where the database lies on this machine; null when it lies elsewhere, or nobody can tell. */
  readonly databaseFolder?: string | null
  /** True when the last run ended by a crash and the database has recovered. */
  readonly recovered: boolean
  /** Tells anyone who starts a second time over the same data where the first is reached. */
  readonly announce: (address: string) => Promise<void>
  readonly stop: () => Promise<void>
}

/** Starts or reaches the database, migrates it, and prepares the role the program works as. */
export async function prepareContext(
  config: Config,
  key: ClinicKey,
  log: Log,
  options: {
    readonly besideServer?: boolean
    /** People are going to work here: what would only show once it is too late is refused now. */
    readonly forWork?: boolean
    readonly say?: (line: string) => void
    /** The SQL of the database, where it is another than that of this program. */
    readonly files?: URL
  } = {},
): Promise<ClinicContext> {
  const say = options.say ?? (() => {})
  const blobFolder = join(config.dataFolder, 'blobs')
  await mkdir(blobFolder, { recursive: true, mode: 0o700 })
  await mkdir(join(config.dataFolder, 'spool'), { recursive: true, mode: 0o700 })
  const server = await reachServer(config, log, options)
  try {
    if (config.databaseUrl) {
      await refusePooler(config.databaseUrl, 'DATABASE_URL')
      if (options.forWork) await refuseStrongOwner(config.databaseUrl)
    }
    await prepareUpgrade(server.ownerUrl, config.dataFolder, {
      say,
      now: realClock.now(),
      files: options.files,
    })
    await migrate(server.ownerUrl, options.files)
    await refuseHalfRestored(server.ownerUrl, config)
    if (options.forWork) await refuseWithoutOriginals(server.ownerUrl, config, blobFolder, say)
    const programUrl =
      config.databaseProgramUrl ??
      (await prepareProgramRole(server.ownerUrl, deriveSecret(key, 'database-program-role').toString('hex')))
    await verifyProgramRole(programUrl)
    if (config.databaseProgramUrl) await refusePooler(config.databaseProgramUrl, 'DATABASE_PROGRAM_URL')
    return { ...server, programUrl, databaseFolder: await findDatabaseFolder(server.ownerUrl) }
  } catch (cause) {
    await server.stop()
    throw cause
  }
}

/** A restore that was cut off has left no clinic; a new one beside its blobs would hide that. */
async function refuseHalfRestored(ownerUrl: string, config: Config): Promise<void> {
  if (!existsSync(join(config.dataFolder, unfinishedName))) return
  if ((await listClinics(ownerUrl)).length > 0) return
  throw new Fault(
    'restore-unfinished',
    `A restore into ${config.dataFolder} was cut off. Run it again: unwatched restore FILE. To begin without it, delete ${join(config.dataFolder, unfinishedName)}.`,
  )
}

/**
 * Reaches the database as its owner, and no more. With `besideServer`, a clinic that is being served is no obstacle:
 * the command works on the same database.
 */
export async function reachServer(
  config: Config,
  log: Log,
  options: { readonly besideServer?: boolean } = {},
): Promise<Omit<ClinicContext, 'programUrl' | 'databaseFolder'>> {
  if (config.databaseUrl) {
    await tryToReach(config.databaseUrl)
    return { ownerUrl: config.databaseUrl, recovered: false, announce: async () => {}, stop: async () => {} }
  }
  const folder = join(config.dataFolder, 'postgres')
  const lock = await takeInstanceLock(config.dataFolder, `http://${config.host}:${config.port}/`).catch(
    async fault => {
      const running = options.besideServer ? await findRunningPostgres(folder) : null
      if (!running) throw fault
      return running
    },
  )
  if (typeof lock === 'string')
    return { ownerUrl: lock, recovered: false, announce: async () => {}, stop: async () => {} }
  try {
    const server = await startEmbeddedPostgres(folder, {
      onRestart: () => log('database-restarted'),
      onPort: () => log('database-on-a-port'),
    })
    return {
      ownerUrl: server.ownerUrl,
      recovered: lock.lastRunCrashed || server.recovered,
      announce: lock.announce,
      stop: async () => {
        await server.stop()
        await lock.release()
      },
    }
  } catch (cause) {
    await lock.release()
    throw cause
  }
}

async function tryToReach(url: string): Promise<void> {
  try {
    const client = await connectOnce(url, { answerIn: 10_000 })
    try {
      const version = await client.query<{ number: number }>(
        "select current_setting('server_version_num')::int as number",
      )
      if ((version.rows[0]?.number ?? 0) < 150_000) {
        throw new Fault(
          'database-too-old',
          'The server in DATABASE_URL is older than PostgreSQL 15. Use 15 or newer.',
        )
      }
    } finally {
      await endConnection(client)
    }
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    const code = codeOfTrouble(cause)
    // A name that is not found may be a name service that is not up yet.
    if (findTrouble(cause) || code === 'ENOTFOUND')
      throw new Fault('database-away', `The server in DATABASE_URL does not answer now (${code}).`, { cause })
    throw new Fault('database-unreachable', sayRefusal(code), { cause })
  }
}

// PostgreSQL documentation, appendix A: class 28, and 3D000
function sayRefusal(code: string): string {
  if (code.startsWith('28'))
    return `The server in DATABASE_URL refused the sign-in (${code}). Put the right user and password there.`
  if (code === '3D000')
    return 'The server in DATABASE_URL has no database of that name (3D000). Make it, or put the right name there.'
  return `The server in DATABASE_URL could not be reached or refused the sign-in (${code}).`
}

/** Which clinics the installation holds. Read as the owner: before a clinic is chosen, the program sees none. */
export async function listClinics(ownerUrl: string): Promise<
  readonly {
    readonly clinicId: ClinicId
    readonly slug: string
    readonly name: string
    readonly isDemo: boolean
    readonly keyId: string
    readonly neutralExit: string
  }[]
> {
  const client = await connectOnce(ownerUrl)
  try {
    const found = await client.query<{
      clinic_id: ClinicId
      slug: string
      name: string
      is_demo: boolean
      key_id: string
      neutral_exit: string
    }>(`select clinic_id, slug, name, is_demo, key_id, profile->>'neutralExit' as neutral_exit
       from unwatched.clinic order by opened_at`)
    return found.rows.map(row => ({
      clinicId: row.clinic_id,
      slug: row.slug,
      name: row.name,
      isDemo: row.is_demo,
      keyId: row.key_id,
      neutralExit: row.neutral_exit,
    }))
  } finally {
    await endConnection(client)
  }
}

/** The clinic of the installation that a program works for. */
export type ChosenClinic = {
  readonly clinicId: ClinicId
  readonly isDemo: boolean
  readonly name: string
  /** Where its profile says somebody goes who leaves at once. */
  readonly neutralExit: string
}

/** Chooses the clinic to serve: the named one, or the only one. Null when there is none yet. */
export async function chooseClinic(
  context: ClinicContext,
  config: Config,
  key: ClinicKey,
): Promise<ChosenClinic | null> {
  const clinics = await listClinics(context.ownerUrl)
  if (clinics.length === 0) return null
  const named = config.clinicSlug ? clinics.filter(clinic => clinic.slug === config.clinicSlug) : clinics
  const [chosen, another] = named
  if (!chosen) {
    throw new Fault(
      'no-such-clinic',
      `UNWATCHED_CLINIC names no clinic here. There are: ${clinics.map(clinic => clinic.slug).join(', ')}.`,
    )
  }
  if (another) {
    throw new Fault(
      'which-clinic',
      `There are several clinics here. Set UNWATCHED_CLINIC to one of: ${clinics.map(clinic => clinic.slug).join(', ')}.`,
    )
  }
  if (chosen.keyId !== clinicKeyId(key)) {
    throw new Fault(
      'wrong-key',
      `The key in ${config.keyFile} is not the one this clinic was made with, so nothing sealed could be opened. Put the right key there.`,
    )
  }
  return chosen
}

/** The clinic an operation works with. */
export function buildClinic(
  context: Pick<ClinicContext, 'programUrl' | 'databaseFolder'>,
  config: Config,
  key: ClinicKey,
  chosen: Pick<ChosenClinic, 'clinicId' | 'isDemo' | 'neutralExit'>,
  log: Log,
  options: { readonly connections?: number; readonly onFull?: () => void } = {},
): Clinic {
  return {
    clinicId: chosen.clinicId,
    database: openDatabase(context.programUrl, {
      beforeCommit: renewGlances,
      now: realClock.now,
      key,
      connections: options.connections ?? 20,
      ...(options.onFull ? { onFull: options.onFull } : {}),
      onLost: code => log('database-connection-lost', { code }),
      onSilence: since => log('database-silent', {}, since),
      onAnswer: () => log('database-answers-again'),
    }),
    key,
    clock: realClock,
    log,
    blobFolder: join(config.dataFolder, 'blobs'),
    spoolFolder: join(config.dataFolder, 'spool'),
    indicatorFolder: config.indicatorFolder,
    isDemo: chosen.isDemo,
    mail: config.mail,
    mapRules: nameMapRules,
    mostRecords: config.mostRecords,
    machine: {
      dataFolder: config.dataFolder,
      databaseFolder: context.databaseFolder ?? null,
      operatorAddress: config.operatorAddress,
    },
    site: {
      behindTls: config.behindTls,
      onLoopback: config.isLoopback,
      leaveTo: config.leaveTo ?? chosen.neutralExit,
    },
  }
}
