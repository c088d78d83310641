import { accessSync, constants, mkdirSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { MostRecords } from './clinic.ts'
import { mostProcesses } from './decide-processes.ts'
import { findMisspelt } from './misspelt-settings.ts'
import type { MailSettings } from './smtp-settings.ts'

/** Everything an operator decides, read once at the start. */
export type Config = {
  /** The server that keeps the records; null means the one that comes with the program. */
  readonly databaseUrl: string | null
  /** Where the program signs in, when the operator made that role by hand. */
  readonly databaseProgramUrl: string | null
  readonly dataFolder: string
  readonly keyFile: string
  readonly host: string
  readonly port: number
  /** True when a proxy in front of the program speaks TLS: cookies become Secure, HSTS is sent. */
  readonly behindTls: boolean
  /** True when that proxy's word on the caller's address may be believed. */
  readonly trustProxy: boolean
  readonly isLoopback: boolean
  /** Where the exit control of public pages leads: a page that says nothing about the person who opens it. */
  readonly leaveTo: string | null
  /** In how many processes pages are answered; null where the program decides. */
  readonly processes: number | null
  /** Where metrics are answered, for this machine alone; null means nowhere. */
  readonly metricsPort: number | null
  /** Where files lie that tell of apps made for watching; null means nowhere. */
  readonly indicatorFolder: string | null
  /** Where mail goes out; null when nothing is set, and then nothing is ever sent. */
  readonly mail: MailSettings | null
  /** Mebibytes that each process which reads files and builds bundles may use for its own data. */
  readonly workMemory: number
  /** Who is written to when the machine needs somebody; null for nobody. */
  readonly operatorAddress: string | null
  /** True when the clinic is to be served although no original is where it should be. */
  readonly withoutOriginals: boolean
  /** Which clinic of the installation is served, when there are several. */
  readonly clinicSlug: string | null
  /** How many records may be kept of what is brought, where that is not what is usual. */
  readonly mostRecords: MostRecords
}

export type ConfigProblem = { readonly setting: string; readonly message: string }

export type ConfigAnswer =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] }

// A map, not an object: `constructor` is not an answer to yes or no.
const yesOrNo: ReadonlyMap<string, boolean> = new Map([
  ['yes', true],
  ['true', true],
  ['1', true],
  ['no', false],
  ['false', false],
  ['0', false],
  ['', false],
])

// RFC 6890, section 2.2.2: 127.0.0.0/8. A name that merely begins with 127 may lead anywhere.
const loopbackAddress = /^127(?:\.\d{1,3}){3}$/

/**
 * Reads every setting and lists everything missing or wrong at once, in words somebody who does not know the
 * program can act on. Nothing is guessed from a setting that is wrong.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  workingFolder: string,
): ConfigAnswer {
  const problems: ConfigProblem[] = []
  const asked = new Set<string>()
  const settings: Settings = {
    text: name => {
      asked.add(name)
      return env[name]?.trim() ?? ''
    },
    complain: (setting, message) => {
      problems.push({ setting, message })
    },
  }
  const { text, complain } = settings
  // In the order in which what is wrong is told.
  const served = {
    ...readDatabase(settings),
    ...readServing(settings),
    clinicSlug: text('UNWATCHED_CLINIC') || null,
    processes: readProcesses(settings),
    workMemory: readWorkMemory(settings),
    leaveTo: readLeaveTo(settings),
    mostRecords: {
      ...readMost(settings, 'file', 'UNWATCHED_FILE_RECORDS'),
      ...readMost(settings, 'case', 'UNWATCHED_CASE_RECORDS'),
      ...readMost(settings, 'clinic', 'UNWATCHED_CLINIC_RECORDS'),
    },
  }
  const mail = readMail(text, complain)
  // Whether it is there is seen each time it is read: no clinic stays shut for want of it.
  const indicators = text('UNWATCHED_INDICATORS')
  const config: Config = {
    ...served,
    mail,
    indicatorFolder: indicators === '' ? null : resolve(workingFolder, indicators),
    ...readFolders(settings, workingFolder),
    withoutOriginals: readFlag(settings, 'UNWATCHED_WITHOUT_ORIGINALS'),
    operatorAddress: readOperator(text, complain, mail !== null),
  }
  // Every setting has been asked for by now.
  problems.push(...findMisspelt(env, asked))
  return problems.length > 0 ? { ok: false, problems } : { ok: true, config }
}

/** The settings as they were given, and the list of what is wrong with them. */
type Settings = {
  /** What a setting says; empty where it says nothing. */
  readonly text: (name: string) => string
  readonly complain: (setting: string, message: string) => void
}

function readFlag({ text, complain }: Settings, name: string): boolean {
  const value = yesOrNo.get(text(name).toLowerCase())
  if (value === undefined) complain(name, `must be yes or no, and is “${text(name)}”.`)
  return value ?? false
}

function readDatabase(settings: Settings): Pick<Config, 'databaseUrl' | 'databaseProgramUrl'> {
  const databaseUrl = readDatabaseAddress(settings, 'DATABASE_URL')
  const databaseProgramUrl = readDatabaseAddress(settings, 'DATABASE_PROGRAM_URL')
  if (databaseProgramUrl && !databaseUrl && settings.text('DATABASE_URL') === '') {
    settings.complain('DATABASE_PROGRAM_URL', 'is set, but DATABASE_URL is not. Set both, or neither.')
  }
  return { databaseUrl, databaseProgramUrl }
}

function readDatabaseAddress({ text, complain }: Settings, name: string): string | null {
  const value = text(name)
  if (value === '') return null
  try {
    const url = new URL(value)
    if (url.protocol === 'postgres:' || url.protocol === 'postgresql:') return value
  } catch {
    // falls through to the complaint
  }
  complain(name, 'must be an address such as postgres://user:password@host:5432/database.')
  return null
}

/** Where the clinic is served, and who can reach it there. */
function readServing(
  settings: Settings,
): Pick<Config, 'port' | 'metricsPort' | 'host' | 'isLoopback' | 'behindTls' | 'trustProxy'> {
  const { text, complain } = settings
  const port = readPort(settings, 'UNWATCHED_PORT', text('UNWATCHED_PORT') || '3000')
  const metricsText = text('UNWATCHED_METRICS_PORT')
  const metricsPort = metricsText === '' ? null : readPort(settings, 'UNWATCHED_METRICS_PORT', metricsText)
  if (metricsPort === port && port !== 0)
    complain('UNWATCHED_METRICS_PORT', 'must not be the port that the clinic is served on.')
  const host = text('UNWATCHED_HOST') || '127.0.0.1'
  const isLoopback = host === 'localhost' || host === '::1' || loopbackAddress.test(host)
  const behindTls = readFlag(settings, 'UNWATCHED_BEHIND_TLS')
  const trustProxy = readFlag(settings, 'UNWATCHED_TRUST_PROXY')
  if (!isLoopback && !behindTls) {
    complain(
      'UNWATCHED_HOST',
      `is ${host}, which other machines can reach, but UNWATCHED_BEHIND_TLS is not yes. Put a proxy that speaks TLS in front and set it, or serve on 127.0.0.1.`,
    )
  }
  return { port, metricsPort, host, isLoopback, behindTls, trustProxy }
}

function readPort({ complain }: Settings, name: string, value: string): number {
  const port = Number(value)
  if (!/^\d{1,5}$/.test(value) || port > 65_535)
    complain(name, `must be a number from 0 to 65535, and is “${value}”.`)
  return port
}

function readProcesses({ text, complain }: Settings): number | null {
  const value = text('UNWATCHED_PROCESSES')
  if (value === '') return null
  const processes = Number(value)
  if (!/^\d{1,2}$/.test(value) || processes < 1 || processes > mostProcesses)
    complain('UNWATCHED_PROCESSES', `must be a number from 1 to ${mostProcesses}, and is “${value}”.`)
  return processes
}

function readWorkMemory({ text, complain }: Settings): number {
  const value = text('UNWATCHED_WORK_MEMORY') || usualWorkMemory
  const workMemory = Number(value)
  if (!/^\d{3,5}$/.test(value) || workMemory < leastWorkMemory)
    complain(
      'UNWATCHED_WORK_MEMORY',
      `must be a number of mebibytes from ${leastWorkMemory} to 99999, and is “${value}”.`,
    )
  return workMemory
}

function readLeaveTo({ text, complain }: Settings): string | null {
  const leaveTo = text('UNWATCHED_LEAVE_TO') || null
  if (leaveTo !== null && (!URL.canParse(leaveTo) || new URL(leaveTo).protocol !== 'https:'))
    complain('UNWATCHED_LEAVE_TO', 'must be the address of a neutral page and begin with https://.')
  return leaveTo
}

function readMost({ text, complain }: Settings, bound: keyof MostRecords, name: string): MostRecords {
  const value = text(name)
  if (value === '') return {}
  if (!/^\d{4,9}$/.test(value))
    complain(name, `must be a number of records from 1000 to 999999999, and is “${value}”.`)
  return { [bound]: Number(value) }
}

/** The data and the key, which must not lie together. */
function readFolders(
  { text, complain }: Settings,
  workingFolder: string,
): Pick<Config, 'dataFolder' | 'keyFile'> {
  const dataFolder = resolve(workingFolder, text('UNWATCHED_DATA') || 'data')
  verifyFolder(dataFolder, message => complain('UNWATCHED_DATA', message))
  const keyFile = resolve(workingFolder, text('UNWATCHED_KEY') || join('keys', 'clinic.key'))
  if (isInside(dataFolder, keyFile)) {
    complain(
      'UNWATCHED_KEY',
      `(${keyFile}) lies inside the data directory. A stolen disk would hold both: keep the key elsewhere.`,
    )
  }
  return { dataFolder, keyFile }
}

/** Enough for the files that a clinic brings, in mebibytes; with less than the least, the program itself does not fit. */
const usualWorkMemory = '1024'
const leastWorkMemory = 192

/** The server mail goes out by and the sender's address: both, or neither. */
function readMail(
  text: (name: string) => string,
  complain: (setting: string, message: string) => void,
): MailSettings | null {
  const [address, from] = [text('UNWATCHED_SMTP_URL'), text('UNWATCHED_MAIL_FROM')]
  if (address === '' && from === '') return null
  if (address === '')
    complain('UNWATCHED_SMTP_URL', 'is not set, but UNWATCHED_MAIL_FROM is. Set both, or neither.')
  if (from === '')
    complain('UNWATCHED_MAIL_FROM', 'is not set, but UNWATCHED_SMTP_URL is. Set both, or neither.')
  const isAddress = mailAddress.test(from)
  if (from !== '' && !isAddress)
    complain('UNWATCHED_MAIL_FROM', 'must be an address alone, such as appointments@example.org.')
  else if (telling.test(from))
    complain(
      'UNWATCHED_MAIL_FROM',
      'gives away what the clinic does to anyone who reads over a shoulder. Use an address that could be a dentist’s.',
    )
  const url = URL.canParse(address) ? new URL(address) : null
  const [user, password] = [readPart(url?.username), readPart(url?.password)]
  const isServer = url && ['smtp:', 'smtps:'].includes(url.protocol) && url.hostname !== ''
  if (address !== '' && !isServer)
    complain(
      'UNWATCHED_SMTP_URL',
      'must be an address such as smtp://user:password@host:587 or smtps://host.',
    )
  else if (user === undefined || password === undefined)
    complain(
      'UNWATCHED_SMTP_URL',
      'has a % in its user or password that stands for nothing. Write a % itself as %25.',
    )
  if (!url || !isServer || !isAddress || user === undefined || password === undefined) return null
  const implicitTls = url.protocol === 'smtps:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return {
    host,
    port: url.port === '' ? (implicitTls ? 465 : 587) : Number(url.port),
    implicitTls,
    demandTls: !(host === 'localhost' || host === '::1' || loopbackAddress.test(host)),
    user,
    password,
    from,
  }
}

const mailAddress = /^[^\s@<>"]{1,64}@[a-z0-9.-]{1,253}$/i

/** Who looks after the machine: an address alone, and mail to send it by. */
function readOperator(
  text: (name: string) => string,
  complain: (setting: string, message: string) => void,
  hasMail: boolean,
): string | null {
  const address = text('UNWATCHED_OPERATOR_MAIL')
  if (address === '') return null
  if (!mailAddress.test(address))
    complain('UNWATCHED_OPERATOR_MAIL', 'must be an address alone, such as someone@example.org.')
  else if (!hasMail && text('UNWATCHED_SMTP_URL') === '')
    complain('UNWATCHED_OPERATOR_MAIL', 'is set, but UNWATCHED_SMTP_URL is not: no mail could go there.')
  return address
}

/** A part of an address as it was meant; null when there is none, undefined when it cannot be read. */
function readPart(part: string | undefined): string | null | undefined {
  if (part === undefined || part === '') return null
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}

// Rule S2: the sender of a message says nothing of what it is about.
const telling = /stalk|abus|harass|violen|police|victim|refuge|helpline|clinic|cyber|crime/i

function verifyFolder(folder: string, complain: (message: string) => void): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o750 })
    if (!statSync(folder).isDirectory()) complain(`(${folder}) is not a directory.`)
    else accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    if (code === 'ENOTDIR' || code === 'EEXIST')
      complain(`(${folder}) cannot be a directory: part of that path is a file.`)
    else if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
      complain(
        `(${folder}) cannot be written. Give the user who runs the program the right to write there, or name another directory.`,
      )
    } else complain(`(${folder}) cannot be used (${code ?? 'unknown fault'}).`)
  }
}

function isInside(folder: string, file: string): boolean {
  const below = relative(realPath(folder), realPath(file))
  return below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below)
}

/** Where a path leads once its links are followed, as far as it is there already. */
function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const above = dirname(path)
    return above === path ? path : join(realPath(above), basename(path))
  }
}
