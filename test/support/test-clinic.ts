import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { renewGlances } from '../../src/casefile/operations/glances.ts'
import { type AgencyId, type ClinicId, makeId, type PersonId } from '../../src/foundation/ids.ts'
import { type Role, roles } from '../../src/identity/role.ts'
import type { Clinic } from '../../src/platform/clinic.ts'
import { heldClock } from '../../src/platform/clock.ts'
import { type Actor, openDatabase } from '../../src/platform/database.ts'
import { type ClinicKey, clinicKeyId, makeClinicKey } from '../../src/platform/keys.ts'
import { silentLog } from '../../src/platform/log.ts'
import { prepareProgramRole } from '../../src/platform/program-role.ts'

export type TestAgency = 'lead' | 'cyber' | 'stalking' | 'police'

/** A clinic of its own in a database of its own, with four agencies and a person in every role. */
export type TestClinic = {
  readonly clinic: Clinic
  readonly clock: ReturnType<typeof heldClock>
  readonly agencies: Readonly<Record<TestAgency, AgencyId>>
  readonly people: Readonly<Record<Role, PersonId>>
  /** The actor for a role. */
  readonly as: (role: Role) => Extract<Actor, { kind: 'person' }>
  readonly task: (task: Extract<Actor, { kind: 'task' }>['task']) => Actor
  /** The owner's address, for a test that looks behind the program's back. */
  readonly ownerUrl: string
  readonly addPerson: (role: Role, agency: TestAgency, name: string) => Promise<PersonId>
  readonly close: () => Promise<void>
}

export const agencyOfRole: Readonly<Record<Role, TestAgency>> = {
  'call-handler': 'cyber',
  coordinator: 'lead',
  'cyber-adviser': 'cyber',
  'stalking-advocate': 'stalking',
  idva: 'lead',
  'police-liaison': 'police',
  manager: 'lead',
  administrator: 'lead',
}

/**
 * @param options.beside another clinic, in whose database this one is made too
 * @param options.key its key, where the test has it in a file
 * @param options.server another server than the one that all tests share, with the tables of the clinic in its `unwatched`
 */
export async function openTestClinic(
  start = '2026-03-02T10:00:00Z',
  options: {
    readonly beside?: TestClinic
    readonly slug?: string
    readonly key?: ClinicKey
    readonly server?: string
  } = {},
): Promise<TestClinic> {
  const template = options.server ?? inject('ownerUrl')
  const name = `test_${randomBytes(6).toString('hex')}`
  const copies = `create database ${name} template unwatched strategy file_copy`
  if (!options.beside && options.server)
    await asOwner(template.replace(/unwatched$/, 'postgres'), client => client.query(copies))
  else if (!options.beside) await besideClinics(client => client.query(copies))
  const ownerUrl = options.beside?.ownerUrl ?? template.replace(/unwatched$/, name)
  const programUrl = await prepareProgramRole(ownerUrl, 'test')
  const clock = heldClock(start)
  const key = options.key ?? makeClinicKey()
  const database = openDatabase(programUrl, {
    beforeCommit: renewGlances,
    now: clock.now,
    key,
    connections: 8,
  })
  const folder = await mkdtemp(join(tmpdir(), 'unwatched-clinic-'))
  const blobFolder = join(folder, 'blobs')
  const spoolFolder = join(folder, 'spool')
  await mkdir(blobFolder)
  await mkdir(spoolFolder)

  const clinicId = makeId<ClinicId>(clock.now())
  const agencies = {
    lead: makeId<AgencyId>(clock.now()),
    cyber: makeId<AgencyId>(clock.now()),
    stalking: makeId<AgencyId>(clock.now()),
    police: makeId<AgencyId>(clock.now()),
  }
  const insertPerson = async (
    client: pg.Client,
    role: Role,
    agency: TestAgency,
    personName: string,
  ): Promise<PersonId> => {
    const personId = makeId<PersonId>(clock.now())
    await client.query(
      `insert into unwatched.person (clinic_id, person_id, agency_id, role, name, sign_in_name, state, joined_at)
       values ($1, $2, $3, $4, $5, $6, 'active', $7)`,
      [clinicId, personId, agencies[agency], role, personName, `${role}.${personId}`, clock.now()],
    )
    return personId
  }
  const people: Partial<Record<Role, PersonId>> = {}
  // A server that a test stops and starts takes its connections with it: there each question has its own.
  const endOwners = options.server || options.beside ? async () => {} : keepOwners(ownerUrl)
  await asOwner(ownerUrl, async client => {
    await client.query(
      'insert into unwatched.clinic (clinic_id, slug, name, profile, key_id, opened_at) values ($1, $2, $3, $4, $5, $6)',
      [
        clinicId,
        options.slug ?? 'test',
        'Test clinic',
        await readFile('profiles/west-kent.json', 'utf8'),
        options.key ? clinicKeyId(options.key) : 'test',
        clock.now(),
      ],
    )
    const kinds = {
      lead: 'domestic-abuse-service',
      cyber: 'cyber-helpline',
      stalking: 'stalking-charity',
      police: 'police',
    }
    for (const [slug, agencyId] of Object.entries(agencies)) {
      const kind = kinds[slug as TestAgency]
      await client.query('insert into unwatched.agency values ($1, $2, $3, $4, $5, $6)', [
        clinicId,
        agencyId,
        slug,
        `${slug} agency`,
        kind,
        slug === 'lead',
      ])
    }
    for (const role of roles)
      people[role] = await insertPerson(client, role, agencyOfRole[role], `Test ${role}`)
  })
  const everyone = people as Record<Role, PersonId>

  const clinic: Clinic = {
    clinicId,
    database,
    key,
    clock,
    log: silentLog,
    blobFolder,
    spoolFolder,
    indicatorFolder: null,
    isDemo: false,
    mail: null,
    site: { behindTls: false, onLoopback: true, leaveTo: 'https://www.bbc.co.uk/weather' },
  }
  return {
    clinic,
    clock,
    agencies,
    people: everyone,
    as: role => ({ kind: 'person', clinicId, personId: everyone[role] }),
    task: task => ({ kind: 'task', clinicId, task }),
    ownerUrl,
    addPerson: async (role, agency, personName) => {
      let added: PersonId | undefined
      await asOwner(ownerUrl, async client => {
        added = await insertPerson(client, role, agency, personName)
      })
      return added! // assigned by the line above
    },
    close: async () => {
      await database.close()
      await endOwners()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/**
 * Connections of the owner that nobody uses at this moment, by address: signing in costs as much as twenty questions. Only
 * for the databases of clinics that are open: nobody may be connected to one that is copied or dropped.
 */
const idleOwners = new Map<string, pg.Client[]>()

/** Keeps the owner's connections to a database from now on, and answers how to end them. */
export function keepOwners(url: string): () => Promise<void> {
  idleOwners.set(url, [])
  return async () => {
    const idle = idleOwners.get(url) ?? []
    idleOwners.delete(url)
    await Promise.all(idle.map(client => client.end()))
  }
}

/**
 * Runs SQL as the owner in the database of the server that all tests share in which no clinic is: there databases are
 * made, hundreds in a run, over a connection that is kept.
 */
export function besideClinics<Answer>(work: (client: pg.Client) => Promise<Answer>): Promise<Answer> {
  const url = inject('ownerUrl').replace(/unwatched$/, 'postgres')
  if (!idleOwners.has(url)) idleOwners.set(url, [])
  return asOwner(url, work)
}

/** Runs SQL as the owner of the tables, past row security. */
export async function asOwner<Answer>(
  url: string,
  work: (client: pg.Client) => Promise<Answer>,
): Promise<Answer> {
  const client = idleOwners.get(url)?.pop() ?? (await connectOwner(url))
  try {
    const answer = await work(client)
    if (idleOwners.has(url)) {
      // As at the end of a connection: what was begun is undone, and whatever was set for the session is gone.
      await client.query('rollback')
      await client.query('discard all')
    }
    const idle = idleOwners.get(url)
    if (idle) idle.push(client)
    else await client.end()
    return answer
  } catch (fault) {
    await client.end()
    throw fault
  }
}

async function connectOwner(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  // The server may end it between two questions; the one that is asked tells of it.
  client.on('error', () => {
    const idle = idleOwners.get(url)
    if (idle?.includes(client)) idle.splice(idle.indexOf(client), 1)
  })
  await client.connect()
  return client
}
