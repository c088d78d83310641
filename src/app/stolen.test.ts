import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, openTestClinic, type TestClinic } from '../../test/support/test-clinic.ts'
import { toldReferral } from '../../test/support/told-referral.ts'
import { withCase } from '../audit/operations/access-case.ts'
import { askForBundle } from '../bundle/operations/ask-for-bundle.ts'
import { decideBundle } from '../bundle/operations/decide-bundle.ts'
import { listBundles } from '../bundle/operations/load-bundles.ts'
import { askForException } from '../cases/operations/ask-for-exception.ts'
import { barPerson } from '../cases/operations/bar-person.ts'
import { createCase } from '../cases/operations/create-case.ts'
import { decideException } from '../cases/operations/decide-exception.ts'
import { listBars } from '../cases/operations/list-bars.ts'
import { listExceptions } from '../cases/operations/list-exceptions.ts'
import { receiveReferral } from '../cases/operations/receive-referral.ts'
import { triageReferral } from '../cases/operations/triage-referral.ts'
import { listTimeline } from '../chronology/operations/list-timeline.ts'
import { makeIncident } from '../chronology/operations/make-incident.ts'
import { wholeTimeline } from '../chronology/timeline-filter.ts'
import { readItem } from '../evidence/operations/read-item.ts'
import { takeInEvidence } from '../evidence/operations/take-in-evidence.ts'
import { caseParts } from '../foundation/case-part.ts'
import type { CaseId } from '../foundation/ids.ts'
import type { Clinic } from '../platform/clinic.ts'
import { jsonLog } from '../platform/log.ts'

/** Words that stand nowhere else in the world, one for each kind of thing that must not be readable. */
const secrets = {
  client: 'Qzelinda',
  suspect: 'Qzoltan',
  words: 'qzhaystack',
  note: 'qztriagenote',
  phone: '07700 900777',
  sender: 'Qzrover',
  message: 'qzumbrella',
  incident: 'qzgazebo',
  place: 'qzarboretum',
  clientWords: 'qzshivered',
  fileName: 'qzkitchen',
  obtained: 'qzsister',
  barred: 'qzcousin',
  shared: 'qzgallows',
  limb: 'qzhalter',
  condition: 'qzstatute',
  untold: 'qzlistens',
  refused: 'qzrefusal',
  kept: 'qzkept',
  noted: 'qznoted',
}

/** What the client brings. The person who wrote to them holds it too, to the byte. */
const chat = Buffer.from(`24/12/2025, 18:00 - ${secrets.sender}: the green ${secrets.message}\n`.repeat(20))

let world: TestClinic
let clinic: Clinic
const logged: string[] = []
beforeAll(async () => {
  world = await openTestClinic()
  clinic = { ...world.clinic, log: jsonLog(line => logged.push(line), world.clock.now) }
})
afterAll(() => world.close())

async function fill(): Promise<CaseId> {
  const coordinator = world.as('coordinator')
  const told = toldReferral({
    clientName: `${secrets.client} Example`,
    suspectName: `${secrets.suspect} Fiction`,
    words: `He wrote that ${secrets.words} is where I sleep.`,
    contactChannels: {
      phone: { value: secrets.phone, safe: 'yes' },
      email: { value: '', safe: 'unknown' },
      other: { value: '', safe: 'unknown' },
    },
  })
  const { reference } = await receiveReferral(clinic, world.as('call-handler'), told, 'form-of-a-call')
  const found = await asOwner(world.ownerUrl, client =>
    client.query<{ case_id: CaseId }>('select case_id from unwatched.referral where reference = $1', [
      reference,
    ]),
  )
  const caseId = found.rows[0]?.case_id
  if (!caseId) throw new Error('the referral is not there')
  const choice = {
    type: 'known-control',
    typeReasons: ['lived-together'],
    flags: [],
    judgement: 'routine',
    note: secrets.note,
    settled: [],
  } as const
  await clinic.database.transaction(coordinator, transaction =>
    triageReferral(transaction, coordinator.personId, caseId, choice, 'form-of-a-triage'),
  )
  const opener = { personId: coordinator.personId, agencyId: world.agencies.lead }
  const agencies = [world.agencies.lead, world.agencies.stalking].map(agencyId => ({
    agencyId,
    parts: caseParts,
    until: null,
  }))
  await createCase(clinic, opener, caseId, { agencies, how: 'spoken-on-the-phone' }, 'form-of-an-opening')
  const advocate = world.as('stalking-advocate')
  const taken = await takeInEvidence(clinic, advocate, caseId, {
    name: `chat ${secrets.fileName}.txt`,
    broughtBy: 'QE',
    howObtained: `exported by ${secrets.obtained}`,
    body: Readable.from([chat]),
    answers: { zone: 'Europe/London', dateOrder: 'day-first' },
  })
  if (taken.kind !== 'taken-in') throw new Error(taken.because)
  await readItem(clinic, caseId, taken.itemId)
  await withCase(
    clinic.database,
    advocate,
    { caseId, part: 'chronology', mode: 'write' },
    async transaction =>
      makeIncident(transaction, caseId, 'form-of-an-incident', {
        when: { precision: 'unknown' },
        zone: 'Europe/London',
        noticedOn: null,
        what: `He stood by the ${secrets.incident}`,
        clientWords: secrets.clientWords,
        changed: '',
        whereCoarse: secrets.place,
        toldTo: '',
        platform: '',
        codes: [],
        records: [],
      }),
  )
  await share(caseId)
  await refuseBundle(caseId)
  return caseId
}

/** Bars a colleague, and asks for a sharing without consent that somebody else refuses. */
async function share(caseId: CaseId): Promise<void> {
  const choice = {
    agencyId: world.agencies.police,
    parts: ['overview'],
    legalBasis: 'crime-prevention',
    grounds: {
      limbs: { 'which-crime': `The ${secrets.limb}`, 'for-that-crime': 'yes', necessary: 'yes' },
      special: 'none',
      offence: 'unlawful-acts',
      conditionWhy: `Because of the ${secrets.condition}`,
      policyDocument: '',
    },
    reason: `He built a ${secrets.shared}`,
    isTold: false,
    notToldBecause: `He ${secrets.untold}`,
    until: new Date(world.clock.now().getTime() + 86_400_000),
  } as const
  const look = { caseId, part: 'consent', mode: 'write' } as const
  const { personId } = world.as('coordinator')
  const barred = { personId: world.as('idva').personId, reason: `A ${secrets.barred} of his` }
  await withCase(clinic.database, world.as('coordinator'), look, async transaction => {
    await barPerson(transaction, personId, caseId, barred, null)
    return askForException(transaction, personId, caseId, choice, null)
  })
  const second = {
    ...world.as('coordinator'),
    personId: await world.addPerson('coordinator', 'lead', 'Second Fiction'),
  }
  await withCase(clinic.database, second, look, async transaction => {
    const [request] = (await listExceptions(transaction, caseId)).requests
    expect(request?.reason).toBe(choice.reason)
    const verdict = { state: 'refused', note: `No ${secrets.refused}` } as const
    if (request) await decideException(transaction, second.personId, caseId, request.requestId, verdict)
    const [after] = (await listExceptions(transaction, caseId)).requests
    expect(after).toMatchObject({ note: verdict.note, notToldBecause: choice.notToldBecause })
    const { bars } = await listBars(transaction, second.personId, caseId)
    expect(bars.map(bar => bar.reason)).toContain(barred.reason)
    return true
  })
}

/** Asks for a bundle, which somebody else refuses with a word on why. */
async function refuseBundle(caseId: CaseId): Promise<void> {
  const advocate = world.as('stalking-advocate')
  const coordinator = world.as('coordinator')
  const look = { caseId, part: 'bundle', mode: 'write' } as const
  const choices = { records: 'all', note: `Look at the ${secrets.noted}`, exhibits: {} } as const
  await withCase(clinic.database, advocate, look, transaction =>
    askForBundle(transaction, caseId, {
      purpose: 'police-report',
      forAgency: world.agencies.stalking,
      choices,
      askedBy: advocate.personId,
      formToken: null,
    }),
  )
  const decided = await withCase(clinic.database, coordinator, look, async transaction => {
    const [request] = (await listBundles(transaction, caseId)).bundles
    if (!request) throw new Error('the bundle was not asked for')
    const note = `Because of ${secrets.kept}`
    await decideBundle(transaction, caseId, request.bundleId, {
      approve: false,
      by: coordinator.personId,
      note,
    })
    return (await listBundles(transaction, caseId)).bundles[0]
  })
  expect(decided).toMatchObject({ decisionNote: `Because of ${secrets.kept}`, choices })
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
}

/** Where the server writes, and what of it is this clinic's. */
type Disk = {
  readonly folder: string
  /** The folder of this clinic's database among those of other tests. */
  readonly own: string
  /** The pieces of the server's journal that were begun before this clinic was filled and after that. */
  readonly firstPiece: string
  readonly lastPiece: string
}

async function findDisk(): Promise<Omit<Disk, 'lastPiece'>> {
  const found = await asOwner(world.ownerUrl, client =>
    client.query<{ folder: string; oid: string; piece: string }>(
      `select current_setting('data_directory') as folder, oid::text, pg_walfile_name(pg_current_wal_lsn()) as piece
       from pg_database where datname = current_database()`,
    ),
  )
  const { folder = '', oid = '', piece = '' } = found.rows[0] ?? {}
  return { folder, own: join(folder, 'base', oid), firstPiece: piece }
}

/**
 * Every file of the server that can hold something of this clinic: all but the databases of other tests, which go
 * their way on the same server, and the pieces of the journal that were full before this clinic was filled.
 */
async function filesOnDisk({ folder, own, firstPiece, lastPiece }: Disk): Promise<readonly string[]> {
  const journal = join(folder, 'pg_wal')
  return (await filesBelow(folder)).filter(file => {
    if (file.startsWith(join(folder, 'base', '/'))) return file.startsWith(join(own, '/'))
    const piece = file.startsWith(join(journal, '/')) ? file.slice(journal.length + 1) : ''
    return !/^[0-9A-F]{24}$/.test(piece) || (piece >= firstPiece && piece <= lastPiece)
  })
}

/** As it was written, and as a dump shows the bytes of it. */
const shapesOf = (secret: string) => [Buffer.from(secret), Buffer.from(Buffer.from(secret).toString('hex'))]

test('S8 who steals the disk, a dump, the blobs and the log finds no name, number, word or place in them', async () => {
  const disk = await findDisk()
  const caseId = await fill()
  // What was filled in is there for everybody who may see it: by a word, the message is found.
  const line = await withCase(
    clinic.database,
    world.as('stalking-advocate'),
    { caseId, part: 'chronology', mode: 'read' },
    transaction =>
      listTimeline(transaction, caseId, { ...wholeTimeline, words: secrets.message.toUpperCase() }, null),
  )
  expect(line?.page.entries.some(entry => entry.kind === 'record')).toBe(true)

  const { lastPiece, rows } = await asOwner(world.ownerUrl, async client => {
    await client.query('checkpoint')
    const tables = await client.query<{ name: string }>(
      "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('unwatched', 'graphile_worker')",
    )
    const dumped: string[] = []
    for (const { name } of tables.rows) {
      const found = await client.query<{ row: string }>(`select t::text as row from ${name} t`)
      dumped.push(...found.rows.map(each => each.row))
    }
    const written = await client.query<{ piece: string }>(
      'select pg_walfile_name(pg_current_wal_lsn()) as piece',
    )
    return { lastPiece: written.rows[0]?.piece ?? '', rows: dumped }
  })
  const found: string[] = []
  const search = (where: string, bytes: Buffer) => {
    for (const [kind, secret] of Object.entries(secrets))
      if (shapesOf(secret).some(shape => bytes.includes(shape))) found.push(`${kind} in ${where}`)
  }
  const digests = ['md5', 'sha1', 'sha256', 'sha512'].map(name => createHash(name).update(chat).digest())
  const searchDigests = (where: string, bytes: Buffer) => {
    for (const digest of digests) {
      const written = [digest.toString('hex'), digest.toString('base64'), digest.toString('base64url')]
      const shapes = [digest, ...written.flatMap(shapesOf)]
      if (shapes.some(shape => bytes.includes(shape)))
        found.push(`a digest of ${digest.length} bytes in ${where}`)
    }
  }
  searchDigests('the rows', Buffer.from(rows.join('\n')))
  searchDigests('the log', Buffer.from(logged.join('\n')))
  search('the rows', Buffer.from(rows.join('\n')))
  search('the log', Buffer.from(logged.join('\n')))
  const files = [...(await filesOnDisk({ ...disk, lastPiece })), ...(await filesBelow(clinic.blobFolder))]
  expect(files.filter(file => file.startsWith(disk.own)).length).toBeGreaterThan(100)
  // What may be read is found, in the rows as they lie on the disk and in the journal: so the search does see.
  const open = Buffer.from(world.people.coordinator.replaceAll('-', ''), 'hex')
  const seenIn = new Set<string>()
  // The server goes on writing: a file of its own may be gone.
  for (const file of files) {
    const bytes = await readFile(file).catch(() => Buffer.alloc(0))
    if (bytes.includes(open)) seenIn.add(dirname(file))
    search(file, bytes)
    searchDigests(file, Buffer.concat([bytes, Buffer.from(file)]))
  }
  expect([...seenIn]).toEqual(expect.arrayContaining([disk.own, join(disk.folder, 'pg_wal')]))
  expect(found).toEqual([])
}, 120_000)
