import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { demoPeople } from '../../src/app/demo/demo-people.ts'
import { makeClinic, readProfile } from '../../src/app/make-clinic.ts'
import { startServing } from '../../src/app/server.ts'
import type { AgencyId } from '../../src/foundation/ids.ts'
import { addDemoPerson } from '../../src/identity/operations/add-demo-person.ts'
import { makeDemoLinks } from '../../src/identity/operations/make-demo-links.ts'
import { type Role, roleName } from '../../src/identity/role.ts'
import type { Clinic } from '../../src/platform/clinic.ts'
import { realClock } from '../../src/platform/clock.ts'
import { openDatabase } from '../../src/platform/database.ts'
import { makeClinicKey } from '../../src/platform/keys.ts'
import { jsonLog } from '../../src/platform/log.ts'
import { prepareProgramRole } from '../../src/platform/program-role.ts'
import { asOwner } from './test-clinic.ts'

/** The clinic that ships, with its invented people and no case yet, served with its queue at work. */
export type JourneyClinic = {
  readonly clinic: Clinic
  /** Without a slash at the end. */
  readonly address: string
  readonly ownerUrl: string
  /** Everything the program wrote to its log since it was opened. */
  readonly logged: readonly string[]
  /** The path of the single-use link that was printed for whoever has this role; of two, the first unless it says. */
  readonly demoLink: (role: Role, which?: number) => string
  readonly close: () => Promise<void>
}

export async function openJourneyClinic(): Promise<JourneyClinic> {
  const template = inject('ownerUrl')
  const name = `journey_${randomBytes(6).toString('hex')}`
  await asOwner(template.replace(/unwatched$/, 'postgres'), client =>
    client.query(`create database ${name} template unwatched`),
  )
  const ownerUrl = template.replace(/unwatched$/, name)
  const programUrl = await prepareProgramRole(ownerUrl, 'test')
  const key = makeClinicKey()
  const profile = readProfile(await readFile('profiles/west-kent.json', 'utf8'), 'profiles/west-kent.json')
  const ground = {
    ownerUrl,
    programUrl,
    recovered: false,
    announce: async () => {},
    stop: async () => {},
  }
  const { clinicId, agencies } = await makeClinic(ground, key, profile, true)

  const folder = await mkdtemp(join(tmpdir(), 'unwatched-journey-'))
  const blobFolder = join(folder, 'blobs')
  const spoolFolder = join(folder, 'spool')
  await mkdir(blobFolder)
  await mkdir(spoolFolder)
  const logged: string[] = []
  const clinic: Clinic = {
    clinicId,
    database: openDatabase(programUrl, { now: realClock.now, key, connections: 10 }),
    key,
    clock: realClock,
    log: jsonLog(line => logged.push(line), realClock.now),
    blobFolder,
    spoolFolder,
    indicatorFolder: null,
    isDemo: true,
    mail: null,
    site: { behindTls: false, onLoopback: true, leaveTo: 'https://www.bbc.co.uk/weather' },
  }
  const agencyOf = (kind: string): AgencyId => {
    const slug = profile.agencies.find(agency => agency.kind === kind)?.slug ?? ''
    const agencyId = agencies.get(slug)
    if (!agencyId) throw new Error(`the profile has no agency of the kind ${kind}`)
    return agencyId
  }
  await clinic.database.transaction({ kind: 'task', clinicId, task: 'setup' }, async transaction => {
    for (const { agency, ...person } of demoPeople)
      await addDemoPerson(transaction, { ...person, agencyId: agencyOf(agency) })
  })
  const links = await makeDemoLinks(clinic)
  const serving = await startServing(
    clinic,
    { host: '127.0.0.1', port: 0, behindTls: false, trustProxy: false },
    { withJobs: true },
  )
  return {
    clinic,
    address: serving.address.replace(/\/$/, ''),
    ownerUrl,
    logged,
    demoLink: (role, which = 0) => {
      const link = links.filter(each => each.roleName === roleName(role))[which]
      if (!link) throw new Error(`no link was printed for ${role}`)
      return `/demo-sign-in/${link.token}`
    },
    close: async () => {
      await serving.stop()
      await clinic.database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
