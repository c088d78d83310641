import { randomBytes } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { inject } from 'vitest'
import { buildClinic, chooseClinic, prepareContext } from '../../src/app/build-clinic.ts'
import { invitePerson } from '../../src/identity/operations/invite-person.ts'
import { listPeople } from '../../src/identity/operations/list-people.ts'
import { startSession } from '../../src/identity/operations/start-session.ts'
import { sessionCookie } from '../../src/identity/session.ts'
import type { Clinic } from '../../src/platform/clinic.ts'
import { readConfig } from '../../src/platform/config.ts'
import { readClinicKey, writeNewClinicKey } from '../../src/platform/keys.ts'
import { silentLog } from '../../src/platform/log.ts'
import { joinWith } from './joining.ts'
import { makeOrdinaryRole } from './ordinary-owner.ts'
import { freePort, startProgram } from './running-program.ts'
import { asOwner } from './test-clinic.ts'

/** A clinic that was set up on a database of an operator, for the real program to serve in two processes. */
export type ProcessGround = {
  readonly settings: Readonly<Record<string, string>>
  /** Without a slash at the end; the same at every start. */
  readonly address: string
  readonly metrics: string
  /** The same clinic on connections of the test. */
  readonly clinic: Clinic
  readonly ownerUrl: string
  /** The cookie of a call handler who is signed in. */
  readonly session: string
  readonly close: () => Promise<void>
}

export async function makeProcessGround(folder: string): Promise<ProcessGround> {
  const name = `processes_${randomBytes(6).toString('hex')}`
  const server = inject('ownerUrl').replace(/unwatched$/, 'postgres')
  await makeOrdinaryRole(server, name)
  await asOwner(server, client => client.query(`create database ${name} owner ${name}`))
  const url = new URL(server)
  url.username = name
  url.password = 'test'
  url.pathname = name
  const data = join(folder, 'data')
  await mkdir(data, { recursive: true })
  const [port, metricsPort] = [await freePort(), await freePort()]
  const settings = {
    DATABASE_URL: url.toString(),
    UNWATCHED_DATA: data,
    UNWATCHED_KEY: join(folder, 'keys', 'clinic.key'),
    UNWATCHED_PORT: String(port),
    UNWATCHED_METRICS_PORT: String(metricsPort),
    UNWATCHED_PROCESSES: '2',
  }
  await writeNewClinicKey(settings.UNWATCHED_KEY)
  const profile = join(import.meta.dirname, '../../profiles/west-kent.json')
  const people = ['--name', 'Ada Test', '--sign-in', 'ada.test']
  const coordinator = ['--coordinator', 'Bea Test', '--coordinator-sign-in', 'bea.test']
  const setup = startProgram(['setup', '--profile', profile, ...people, ...coordinator], settings)
  if ((await setup.ended) !== 0) throw new Error(setup.said())
  const answer = readConfig(settings, folder)
  if (!answer.ok) throw new Error('the settings are wrong')
  const { config } = answer
  const key = await readClinicKey(config.keyFile, config.dataFolder)
  const context = await prepareContext(config, key, silentLog, { besideServer: true })
  const chosen = await chooseClinic(context, config, key)
  if (!chosen) throw new Error('the clinic was not made')
  const clinic = buildClinic(context, config, key, chosen, silentLog)
  return {
    settings,
    address: `http://127.0.0.1:${port}`,
    metrics: `http://127.0.0.1:${metricsPort}/metrics`,
    clinic,
    ownerUrl: url.toString(),
    session: await signInHandler(clinic),
    close: async () => {
      await clinic.database.close()
      await context.stop()
    },
  }
}

async function signInHandler(clinic: Clinic): Promise<string> {
  const { clinicId, database } = clinic
  const setup = { kind: 'task', clinicId, task: 'setup' } as const
  const { agencies } = await database.transaction(setup, listPeople)
  const agencyId = agencies[0]?.agencyId
  if (!agencyId) throw new Error('the clinic has no agency')
  const handler = { name: 'Hal Test', signInName: 'hal.test', role: 'call-handler', agencyId } as const
  const link = await database.transaction(setup, transaction => invitePerson(clinic, transaction, handler))
  if (!link.allowed) throw new Error(link.because)
  const joined = await joinWith({ clinic }, link)
  if (joined.kind !== 'joined') throw new Error(joined.kind)
  const token = await database.transaction({ kind: 'task', clinicId, task: 'sign-in' }, transaction =>
    startSession(transaction, link.personId),
  )
  return `${sessionCookie}=${token}`
}

/** The processes that a program answers its pages in. */
export async function listPageProcesses(program: number): Promise<readonly number[]> {
  const children = await readFile(`/proc/${program}/task/${program}/children`, 'utf8').catch(() => '')
  const found: number[] = []
  for (const pid of children.split(' ').filter(Boolean)) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (command.includes('serve-pages')) found.push(Number(pid))
  }
  return found
}

export type Asked = {
  readonly status: number
  readonly location: string
  readonly text: string
  readonly cookie: string
}

/** Asks on a connection of its own, so that the processes are asked in turn. */
export function askAnew(
  url: string,
  how: {
    readonly cookie?: string
    readonly fields?: Readonly<Record<string, string>>
    readonly localAddress?: string
  } = {},
): Promise<Asked> {
  const body = how.fields ? new URLSearchParams(how.fields).toString() : null
  return new Promise((resolve, reject) => {
    const headers = {
      connection: 'close',
      origin: new URL(url).origin,
      ...(how.cookie === undefined ? {} : { cookie: how.cookie }),
      ...(body === null
        ? {}
        : {
            'content-type': 'application/x-www-form-urlencoded',
            'content-length': String(Buffer.byteLength(body)),
          }),
    }
    const asked = request(
      url,
      {
        agent: false,
        method: body === null ? 'GET' : 'POST',
        headers,
        timeout: 30_000,
        ...(how.localAddress === undefined ? {} : { localAddress: how.localAddress }),
      },
      answer => {
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', part => {
          text += part
        })
        answer.on('error', reject)
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            location: answer.headers.location ?? '',
            text,
            cookie: (answer.headers['set-cookie'] ?? []).map(line => line.split(';')[0]).join('; '),
          }),
        )
      },
    )
    asked.on('timeout', () => asked.destroy(new Error(`no answer from ${url}`)))
    asked.on('error', reject)
    asked.end(body ?? undefined)
  })
}
