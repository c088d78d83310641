import { dirname, join } from 'node:path'
import { serveDemo } from '../../attack/support/served-demo.ts'
import { buildClinic, chooseClinic, prepareContext } from '../../src/app/build-clinic.ts'
import { makeDemoPhrases } from '../../src/app/demo/make-demo-phrases.ts'
import { listCaseload } from '../../src/cases/operations/list-caseload.ts'
import type { CaseId } from '../../src/foundation/ids.ts'
import { clientCookie } from '../../src/identity/client-session.ts'
import { listPeople } from '../../src/identity/operations/list-people.ts'
import { signInClient } from '../../src/identity/operations/sign-in-client.ts'
import { startSession } from '../../src/identity/operations/start-session.ts'
import type { Role } from '../../src/identity/role.ts'
import { sessionCookie } from '../../src/identity/session.ts'
import type { Clinic } from '../../src/platform/clinic.ts'
import { readConfig } from '../../src/platform/config.ts'
import { readClinicKey } from '../../src/platform/keys.ts'
import { silentLog } from '../../src/platform/log.ts'
import { findPostmaster } from '../../test/support/running-program.ts'
import type { LoadVisitor } from './load.ts'
import { type ProcessorTime, readMemory, readProcessorTime } from './processor-time.ts'

/** The demo clinic, served by the real program with a database of its own that waits for the disk. */
export type BenchProgram = {
  /** Without a slash at the end. */
  readonly address: string
  /** The same clinic on connections of this process, to prepare it: what is done here is not on the server's bill. */
  readonly clinic: Clinic
  readonly ownerUrl: string
  readonly dataFolder: string
  readonly processorTime: () => Promise<ProcessorTime>
  /** What the program and all it started hold in memory, without the database, in bytes. */
  readonly memory: () => Promise<{ readonly now: number; readonly most: number }>
  /** So many people of one role, signed in; sessions of one person, where the demo has one. */
  readonly staff: (role: Role, many: number) => Promise<readonly LoadVisitor[]>
  /** So many browsers of one client who has an open case. */
  readonly clients: (many: number) => Promise<readonly LoadVisitor[]>
  /** The case of the known person in the demo. */
  readonly findCase: () => Promise<CaseId>
  readonly close: () => Promise<void>
}

/** Nobody: for pages that need no sign-in. */
export const nobody: LoadVisitor = { cookie: '', csrf: '' }

/** Starts it; `settings` are added to those of the program. */
export async function openBenchProgram(
  settings: Readonly<Record<string, string>> = {},
): Promise<BenchProgram> {
  const served = await serveDemo(settings)
  const { address, dataFolder, program } = served
  const stopping: (() => Promise<void>)[] = [served.stop]
  try {
    const keyFile = join(dirname(dataFolder), 'keys', 'clinic.key')
    const answer = readConfig({ UNWATCHED_DATA: dataFolder, UNWATCHED_KEY: keyFile }, dataFolder)
    if (!answer.ok) throw new Error(answer.problems.map(problem => problem.message).join(' '))
    const { config } = answer
    const key = await readClinicKey(config.keyFile, config.dataFolder)
    const context = await prepareContext(config, key, silentLog, { besideServer: true })
    stopping.unshift(context.stop)
    const chosen = await chooseClinic(context, config, key)
    if (!chosen) throw new Error('the demo clinic was not made')
    const clinic = buildClinic(context, config, key, chosen, silentLog)
    stopping.unshift(clinic.database.close)
    const postmaster = (await findPostmaster(dataFolder)).pid
    const { pid } = program.process
    if (pid === undefined) throw new Error('the program was not started')
    return {
      address,
      clinic,
      dataFolder,
      ownerUrl: context.ownerUrl,
      processorTime: () => readProcessorTime(pid, postmaster),
      memory: () => readMemory(pid, postmaster),
      staff: (role, many) => signInStaff(clinic, address, role, many),
      clients: many => signInClients(clinic, address, many),
      findCase: () => findDemoCase(clinic),
      close: async () => {
        for (const stop of stopping) await stop()
      },
    }
  } catch (cause) {
    for (const stop of stopping) await stop()
    throw cause
  }
}

async function findDemoCase({ clinicId, database }: Clinic): Promise<CaseId> {
  const { people } = await database.transaction({ kind: 'task', clinicId, task: 'setup' }, listPeople)
  const coordinator = people.find(person => person.role === 'coordinator')
  if (!coordinator) throw new Error('the demo has no coordinator')
  const { personId } = coordinator
  const { lines } = await database.transaction({ kind: 'person', clinicId, personId }, transaction =>
    listCaseload(transaction),
  )
  const found = lines.find(line => line.clientName === 'Lena Fiction')
  if (!found) throw new Error('the demo case is not there')
  return found.caseId
}

async function signInStaff(
  clinic: Clinic,
  address: string,
  role: Role,
  many: number,
): Promise<readonly LoadVisitor[]> {
  const { clinicId, database } = clinic
  const found = await database.transaction({ kind: 'task', clinicId, task: 'setup' }, listPeople)
  const people = found.people.filter(person => person.role === role && person.state === 'active')
  if (people.length === 0) throw new Error(`the demo has no ${role}`)
  const visitors: LoadVisitor[] = []
  for (let each = 0; each < many; each += 1) {
    const personId = people[each % people.length]?.personId
    if (!personId) continue
    const token = await database.transaction({ kind: 'task', clinicId, task: 'sign-in' }, transaction =>
      startSession(transaction, personId),
    )
    visitors.push(await visit(`${address}/staff`, `${sessionCookie}=${token}`))
  }
  return visitors
}

async function signInClients(clinic: Clinic, address: string, many: number): Promise<readonly LoadVisitor[]> {
  const phrases = await makeDemoPhrases(clinic)
  if (!phrases) throw new Error('the demo has no phrases')
  const visitors: LoadVisitor[] = []
  for (let each = 0; each < many; each += 1) {
    const signedIn = await signInClient(clinic, {
      typed: phrases.open.join(' '),
      address: `192.0.2.${each % 250}`,
    })
    if (signedIn.kind !== 'signed-in') throw new Error(signedIn.kind)
    visitors.push(await visit(`${address}/my/notes/new`, `${clientCookie}=${signedIn.token}`))
  }
  return visitors
}

/** A first look: what a browser keeps of it. */
async function visit(url: string, cookie: string): Promise<LoadVisitor> {
  const answer = await fetch(url, { headers: { cookie }, redirect: 'manual' })
  const text = await answer.text()
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`)
  const kept = answer.headers.getSetCookie().map(line => line.split(';')[0])
  return {
    cookie: [cookie, ...kept].join('; '),
    csrf: /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? '',
  }
}
