import { randomBytes } from 'node:crypto'
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { demoPeople } from '../../src/app/demo/demo-people.ts'
import { makeClinic, readProfile } from '../../src/app/make-clinic.ts'
import { startServing } from '../../src/app/server.ts'
import { renewGlances } from '../../src/casefile/operations/glances.ts'
import type { AgencyId, ClinicId } from '../../src/foundation/ids.ts'
import { addDemoPerson } from '../../src/identity/operations/add-demo-person.ts'
import { makeDemoLinks } from '../../src/identity/operations/make-demo-links.ts'
import { type Role, roleName } from '../../src/identity/role.ts'
import type { Clinic } from '../../src/platform/clinic.ts'
import { realClock } from '../../src/platform/clock.ts'
import { openDatabase } from '../../src/platform/database.ts'
import { type ClinicKey, makeClinicKey } from '../../src/platform/keys.ts'
import { jsonLog } from '../../src/platform/log.ts'
import { prepareProgramRole } from '../../src/platform/program-role.ts'
import { besideClinics, keepOwners } from './test-clinic.ts'

/** The clinic that ships, with its invented people and no case yet, served with its queue at work. */
export type JourneyClinic = {
  readonly clinic: Clinic
  /** Without a slash at the end. */
  readonly address: string
  readonly ownerUrl: string
  /** Everything the program wrote to its log since it was opened. */
  readonly logged: readonly string[]
  /** The path of the single-use link that was printed for the person with this role; of two, the first unless it says. */
  readonly demoLink: (role: Role, which?: number) => string
  readonly close: () => Promise<void>
}

/** A clinic as it lies in its database and its folder, with nobody serving it. */
export type MadeClinic = {
  readonly ownerUrl: string
  readonly key: ClinicKey
  readonly clinicId: ClinicId
  readonly folder: string
  /** What was written to its log before. */
  readonly logged: readonly string[]
}

export async function openJourneyClinic(): Promise<JourneyClinic> {
  return serveClinic(await makeDemoClinic(await mkdtemp(join(tmpdir(), 'unwatched-journey-'))))
}

/** Makes the clinic that ships, with its invented people, in a database and a folder of its own. */
export async function makeDemoClinic(folder: string): Promise<MadeClinic> {
  const ownerUrl = await copyDatabase('unwatched', 'journey')
  const key = makeClinicKey()
  const profile = readProfile(await readFile('profiles/west-kent.json', 'utf8'), 'profiles/west-kent.json')
  const ground = {
    ownerUrl,
    programUrl: await prepareProgramRole(ownerUrl, 'test'),
    recovered: false,
    announce: async () => {},
    stop: async () => {},
  }
  const { clinicId, agencies } = await makeClinic(ground, key, profile, true)
  const agencyOf = (kind: string): AgencyId => {
    const slug = profile.agencies.find(agency => agency.kind === kind)?.slug ?? ''
    const agencyId = agencies.get(slug)
    if (!agencyId) throw new Error(`the profile has no agency of the kind ${kind}`)
    return agencyId
  }
  await mkdir(join(folder, 'blobs'), { recursive: true })
  const made = { ownerUrl, key, clinicId, folder, logged: [] }
  const { database } = await openMade(made, [])
  await database.transaction({ kind: 'task', clinicId, task: 'setup' }, async transaction => {
    for (const { agency, ...person } of demoPeople)
      await addDemoPerson(transaction, { ...person, agencyId: agencyOf(agency) })
  })
  await database.close()
  return made
}

/** Copies a clinic that nobody is connected to, with the bytes of its evidence. */
export async function copyClinic(made: MadeClinic): Promise<MadeClinic> {
  const folder = await mkdtemp(join(tmpdir(), 'unwatched-journey-'))
  await cp(join(made.folder, 'blobs'), join(folder, 'blobs'), { recursive: true })
  const ownerUrl = await copyDatabase(new URL(made.ownerUrl).pathname.slice(1), 'journey')
  return { ...made, ownerUrl, folder }
}

async function copyDatabase(template: string, prefix: string): Promise<string> {
  const server = inject('ownerUrl')
  const name = `${prefix}_${randomBytes(6).toString('hex')}`
  await besideClinics(client =>
    client.query(`create database ${name} template ${template} strategy file_copy`),
  )
  return server.replace(/unwatched$/, name)
}

async function openMade({ ownerUrl, key, clinicId, folder }: MadeClinic, logged: string[]): Promise<Clinic> {
  const spoolFolder = join(folder, 'spool')
  await mkdir(spoolFolder, { recursive: true })
  const programUrl = await prepareProgramRole(ownerUrl, 'test')
  return {
    clinicId,
    database: openDatabase(programUrl, {
      beforeCommit: renewGlances,
      now: realClock.now,
      key,
      connections: 10,
    }),
    key,
    clock: realClock,
    log: jsonLog(line => logged.push(line), realClock.now),
    blobFolder: join(folder, 'blobs'),
    spoolFolder,
    indicatorFolder: null,
    isDemo: true,
    mail: null,
    site: { behindTls: false, onLoopback: true, leaveTo: 'https://www.bbc.co.uk/weather' },
  }
}

/** Serves a clinic that was made, with its queue at work unless it says; its folder goes when it is closed, if it is not kept. */
export async function serveClinic(
  made: MadeClinic,
  options: { readonly keepsFolder?: boolean; readonly withJobs?: boolean } = {},
): Promise<JourneyClinic> {
  const logged = [...made.logged]
  const clinic = await openMade(made, logged)
  const endOwners = keepOwners(made.ownerUrl)
  const links = await makeDemoLinks(clinic)
  const serving = await startServing(
    clinic,
    { host: '127.0.0.1', port: 0, behindTls: false, trustProxy: false },
    { withJobs: options.withJobs ?? true },
  )
  return {
    clinic,
    address: serving.address.replace(/\/$/, ''),
    ownerUrl: made.ownerUrl,
    logged,
    demoLink: (role, which = 0) => {
      const link = links.filter(each => each.roleName === roleName(role))[which]
      if (!link) throw new Error(`no link was printed for ${role}`)
      return `/demo-sign-in/${link.token}`
    },
    close: async () => {
      await serving.stop()
      await clinic.database.close()
      await endOwners()
      if (!options.keepsFolder) await rm(made.folder, { recursive: true, force: true })
    },
  }
}
