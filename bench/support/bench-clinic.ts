import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildClinic, chooseClinic, prepareContext } from '../../src/app/build-clinic.ts'
import { fillDemo, makeDemoClinic } from '../../src/app/demo/load-demo.ts'
import { startServing } from '../../src/app/server.ts'
import { listCaseload } from '../../src/cases/operations/list-caseload.ts'
import type { CaseId, PersonId } from '../../src/foundation/ids.ts'
import { listPeople } from '../../src/identity/operations/list-people.ts'
import { startSession } from '../../src/identity/operations/start-session.ts'
import type { Role } from '../../src/identity/role.ts'
import { sessionCookie } from '../../src/identity/session.ts'
import type { Clinic } from '../../src/platform/clinic.ts'
import { readConfig } from '../../src/platform/config.ts'
import { writeNewClinicKey } from '../../src/platform/keys.ts'
import { silentLog } from '../../src/platform/log.ts'

/** A browser that somebody signed in with: what it sends with every request, and what it sends with a form. */
export type Visitor = { readonly cookie: string; readonly csrf: string }

export type BenchClinic = {
  readonly clinic: Clinic
  /** The address of its database for the owner of the tables. */
  readonly ownerUrl: string
  /** Without a slash at the end. */
  readonly address: string
  /** A folder for what the figures need, gone at the end. */
  readonly folder: string
  /** The case of the known person. */
  readonly caseId: CaseId
  readonly personOf: (role: Role) => PersonId
  readonly signIn: (role: Role) => Promise<Visitor>
  readonly close: () => Promise<void>
}

/** The clinic of the demo, filled, served on a port of its own, with a database of its own. */
export async function openBenchClinic(): Promise<BenchClinic> {
  const folder = await mkdtemp(join(tmpdir(), 'unwatched-bench-'))
  // The database runs as somebody else, who would otherwise be given a place of their own that stays behind.
  await chmod(folder, 0o755)
  const answer = readConfig(
    {
      UNWATCHED_DATA: join(folder, 'data'),
      UNWATCHED_KEY: join(folder, 'keys', 'clinic.key'),
      UNWATCHED_PORT: '0',
    },
    folder,
  )
  if (!answer.ok) throw new Error(answer.problems.map(problem => problem.message).join(' '))
  const { config } = answer
  const key = await writeNewClinicKey(config.keyFile)
  const context = await prepareContext(config, key, silentLog)
  await makeDemoClinic(context, key)
  const chosen = await chooseClinic(context, config, key)
  if (!chosen) throw new Error('the demo clinic was not made')
  await fillDemo(context, config, key, chosen, silentLog, () => {})
  const clinic = buildClinic(context, config, key, chosen, silentLog)
  const serving = await startServing(clinic, config, { withJobs: false })
  const address = serving.address.replace(/\/$/, '')
  const asTask = <Task extends 'setup' | 'sign-in'>(task: Task) =>
    ({ kind: 'task', clinicId: clinic.clinicId, task }) as const
  const { people } = await clinic.database.transaction(asTask('setup'), listPeople)
  const personOf = (role: Role): PersonId => {
    const person = people.find(each => each.role === role)
    if (!person) throw new Error(`the demo has no ${role}`)
    return person.personId
  }
  const coordinator = {
    kind: 'person',
    clinicId: clinic.clinicId,
    personId: personOf('coordinator'),
  } as const
  const { lines } = await clinic.database.transaction(coordinator, transaction => listCaseload(transaction))
  const theCase = lines.find(line => line.clientName === 'Lena Fiction')
  if (!theCase) throw new Error('the demo case is not there')
  return {
    clinic,
    ownerUrl: context.ownerUrl,
    address,
    folder,
    caseId: theCase.caseId,
    personOf,
    signIn: async role => {
      const token = await clinic.database.transaction(asTask('sign-in'), transaction =>
        startSession(transaction, personOf(role)),
      )
      const answered = await fetch(`${address}/staff`, { headers: { cookie: `${sessionCookie}=${token}` } })
      const visit = answered.headers.get('set-cookie')?.split(';')[0] ?? ''
      const csrf = /name="_csrf" value="([^"]+)"/.exec(await answered.text())?.[1] ?? ''
      return { cookie: `${sessionCookie}=${token}; ${visit}`, csrf }
    },
    close: async () => {
      await serving.stop()
      await clinic.database.close()
      await context.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
