import { readFileSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { relist, textOf } from '../../../test/support/adversary.ts'
import { loadZip, readMemory } from '../../../test/support/sample-bundle.ts'
import { openTestCase } from '../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { withCase } from '../../audit/operations/access-case.ts'
import { makeIncident } from '../../chronology/operations/make-incident.ts'
import { verify } from '../../cli/verify.ts'
import { writeVerifierKey } from '../../evidence/checkpoint-key.ts'
import { clinicSigner } from '../../evidence/clinic-signer.ts'
import { readCustodyLine } from '../../evidence/custody-line.ts'
import { loadCustodyLines } from '../../evidence/custody-store.ts'
import { openCaseKey } from '../../evidence/operations/open-original.ts'
import { readItem } from '../../evidence/operations/read-item.ts'
import { takeInEvidence } from '../../evidence/operations/take-in-evidence.ts'
import { paddingOf } from '../../evidence/padding.ts'
import { boundToBlob } from '../../evidence/seal.ts'
import type { BundleId, CaseId } from '../../foundation/ids.ts'
import type { Role } from '../../identity/role.ts'
import { sealParts } from '../../platform/seal.ts'
import { verifyBundle } from '../verify.ts'
import { askForBundle } from './ask-for-bundle.ts'
import { buildBundleFile } from './build-bundle-file.ts'
import { decideBundle } from './decide-bundle.ts'
import { listBundles } from './load-bundles.ts'
import { openBundle } from './open-bundle.ts'

let world: TestClinic
let theCase: CaseId
let receipt = ''
let folder = ''

const chat = '02/03/2026, 22:14 - Kay Made-up: where are you\n02/03/2026, 22:15 - Kay Made-up: answer me\n'

beforeAll(async () => {
  world = await openTestClinic()
  await asOwner(world.ownerUrl, client =>
    client.query('update unwatched.clinic set profile = $1', [
      readFileSync(new URL('../../../profiles/west-kent.json', import.meta.url), 'utf8'),
    ]),
  )
  theCase = await openTestCase(world)
  folder = await mkdtemp(join(tmpdir(), 'unwatched-bundle-'))
  const taken = await takeInEvidence(world.clinic, world.as('cyber-adviser'), theCase, {
    name: 'WhatsApp Chat with Kay.txt',
    broughtBy: 'ABC',
    howObtained: 'exported on her phone',
    body: Readable.from([Buffer.from(chat)]),
    answers: { zone: 'Europe/London', dateOrder: 'day-first' },
  })
  if (taken.kind === 'refused') throw new Error(taken.because)
  receipt = taken.receipt
  await readItem(world.clinic, theCase, taken.itemId)
  await inCase('stalking-advocate', 'chronology', transaction =>
    makeIncident(transaction, theCase, 'told-once', {
      when: { precision: 'exact', startsAt: new Date('2026-03-02T22:15:00Z') },
      zone: 'Europe/London',
      noticedOn: null,
      what: 'He wrote until she answered.',
      clientWords: 'I was afraid.',
      changed: '',
      whereCoarse: '',
      toldTo: '',
      platform: 'WhatsApp',
      codes: ['B_CONTACT'],
      records: [{ itemId: taken.itemId, ordinal: 1 }],
    }),
  )
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true, force: true })
})

async function inCase<Answer>(
  role: Role,
  part: 'bundle' | 'chronology',
  work: Parameters<typeof withCase<Answer>>[3],
): Promise<Answer> {
  const answer = await withCase(
    world.clinic.database,
    world.as(role),
    { caseId: theCase, part, mode: 'write' },
    work,
  )
  if (answer === null) throw new Error(`${role} may not`)
  return answer
}

const ask = (formToken: string | null = null) =>
  inCase('stalking-advocate', 'bundle', transaction =>
    askForBundle(transaction, theCase, {
      purpose: 'police-report',
      forAgency: world.agencies.police,
      choices: { records: 'all', note: '', exhibits: {} },
      askedBy: world.people['stalking-advocate'],
      formToken,
    }),
  )

const decide = (bundleId: BundleId, role: 'coordinator' | 'stalking-advocate', approve = true) =>
  inCase(role, 'bundle', transaction =>
    decideBundle(transaction, theCase, bundleId, { approve, by: world.people[role], note: 'seen' }),
  )

async function idOf(asked: Awaited<ReturnType<typeof ask>>): Promise<BundleId> {
  if (!asked.allowed) throw new Error(asked.because)
  return asked.bundleId
}

test('S12 the person who asked for a bundle cannot approve it, in code and in the database', async () => {
  const bundleId = await idOf(await ask())
  expect(await decide(bundleId, 'stalking-advocate')).toEqual({ allowed: false, because: 'same-person' })
  await expect(
    asOwner(world.ownerUrl, client =>
      client.query('update unwatched.bundle set decided_by = asked_by where bundle_id = $1', [bundleId]),
    ),
  ).rejects.toThrow(/check constraint/)
  expect(await decide(bundleId, 'coordinator')).toMatchObject({ allowed: true })
  expect(await decide(bundleId, 'coordinator', false)).toEqual({ allowed: false, because: 'already-decided' })
})

test('the same request sent twice at once is one bundle', async () => {
  const [one, other] = await Promise.all([ask('the-same-form-token'), ask('the-same-form-token')])
  expect(await idOf(one)).toBe(await idOf(other))
})

test('a bundle for the police goes only to an agency the client agreed to', async () => {
  const alone = await openTestCase(world, { agencies: ['lead', 'stalking'] })
  const asked = await withCase(
    world.clinic.database,
    world.as('stalking-advocate'),
    { caseId: alone, part: 'bundle', mode: 'write' },
    transaction =>
      askForBundle(transaction, alone, {
        purpose: 'police-report',
        forAgency: world.agencies.police,
        choices: { records: 'all', note: '', exhibits: {} },
        askedBy: world.people['stalking-advocate'],
        formToken: null,
      }),
  )
  expect(asked).toEqual({ allowed: false, because: 'agency-has-no-consent' })
})

test('an approved bundle is built, shared with the police alone when it is ready, and proved by a receipt', async () => {
  const bundleId = await idOf(await ask())
  const seenBy = async (role: Role): Promise<boolean> => {
    const found = await withCase(
      world.clinic.database,
      world.as(role),
      { caseId: theCase, part: 'bundle', mode: 'read' },
      transaction => listBundles(transaction, theCase),
    )
    return found?.bundles.some(bundle => bundle.bundleId === bundleId) ?? false
  }
  expect(await seenBy('police-liaison')).toBe(false)
  await decide(bundleId, 'coordinator')
  expect(await openBundle(world.clinic, world.as('police-liaison'), theCase, bundleId)).toBeNull()

  await buildBundleFile(world.clinic, theCase, bundleId)
  // A second run of the job finds it ready and changes nothing.
  await buildBundleFile(world.clinic, theCase, bundleId)
  expect(await seenBy('police-liaison')).toBe(true)
  const opened = await openBundle(world.clinic, world.as('police-liaison'), theCase, bundleId)
  if (!opened) throw new Error('the liaison may not have it')
  const bytes = await buffer(opened.body)
  expect(bytes.length).toBe(opened.size)

  const liaison = world.as('police-liaison')
  const access = { caseId: theCase, part: 'bundle', mode: 'read' } as const
  const log = await withCase(world.clinic.database, liaison, access, transaction =>
    loadCustodyLines(transaction, theCase),
  )
  expect(log?.filter(({ line }) => line.includes('"exported"'))).toHaveLength(1)

  const file = join(folder, 'bundle.zip')
  await writeFile(file, bytes)
  await writeFile(join(folder, 'receipt.json'), receipt)
  const signer = clinicSigner(world.clinic.key, world.clinic.clinicId)
  await writeFile(join(folder, 'key.txt'), writeVerifierKey(signer))
  const said: string[] = []
  const io = { out: (line: string) => void said.push(line), err: (line: string) => void said.push(line) }
  expect(await verify([file], io), said.join('\n')).toBe(0)
  expect(await verify([file, '--receipt', join(folder, 'receipt.json')], io), said.join('\n')).toBe(0)
  expect(await verify([file, '--key', join(folder, 'key.txt')], io), said.join('\n')).toBe(0)

  const at = bytes.indexOf('answer me')
  bytes[at] = (bytes[at] ?? 0) ^ 1
  await writeFile(file, bytes)
  expect(await verify([file], io)).not.toBe(0)
}, 120_000)

/** Builds a bundle to its end and unpacks it; the bundle's own pages are not asked. */
async function buildAndLoad(bundleId: BundleId) {
  await buildBundleFile(world.clinic, theCase, bundleId)
  const opened = await openBundle(world.clinic, world.as('police-liaison'), theCase, bundleId)
  if (!opened) throw new Error('the liaison may not have it')
  return loadZip(await buffer(opened.body))
}

const linesOf = async (bundleId: BundleId) =>
  inCase('stalking-advocate', 'bundle', async transaction =>
    (await loadCustodyLines(transaction, theCase))
      .map(({ line }) => line)
      .filter(line => line.includes(bundleId) && !line.includes('bundle-handed-out')),
  )

test('a bundle that broke off is stated once, and again only when something changed meanwhile', async () => {
  const earlier = await idOf(await ask())
  await decide(earlier, 'coordinator')
  await buildBundleFile(world.clinic, theCase, earlier)
  const bundleId = await idOf(await ask())
  await decide(bundleId, 'coordinator')
  const breakOff = async () => {
    // The last step cannot be written. Everything before it stays, as after a crash.
    await asOwner(world.ownerUrl, client =>
      client.query("alter table unwatched.bundle add constraint broken check (state <> 'ready') not valid"),
    )
    await expect(buildBundleFile(world.clinic, theCase, bundleId)).rejects.toThrow()
    await asOwner(world.ownerUrl, client =>
      client.query('alter table unwatched.bundle drop constraint broken'),
    )
  }
  await breakOff()
  const once = await linesOf(bundleId)
  expect(once.map(line => readCustodyLine(line)?.act)).toEqual(['bundle-stated', 'exported'])
  // Another line comes between the two tries: the bundle ends where it was stated.
  expect(await openBundle(world.clinic, world.as('police-liaison'), theCase, earlier)).not.toBeNull()
  await breakOff()
  expect(await linesOf(bundleId)).toEqual(once)

  await inCase('stalking-advocate', 'chronology', transaction =>
    makeIncident(transaction, theCase, 'told-later', {
      when: { precision: 'exact', startsAt: new Date('2026-03-03T22:15:00Z') },
      zone: 'Europe/London',
      noticedOn: null,
      what: 'He stood outside.',
      clientWords: '',
      changed: '',
      whereCoarse: '',
      toldTo: '',
      platform: '',
      codes: [],
      records: [],
    }),
  )
  const files = await buildAndLoad(bundleId)
  const twice = await linesOf(bundleId)
  expect(twice.slice(0, 2)).toEqual(once)
  expect(twice.map(line => readCustodyLine(line)?.act)).toEqual([
    'bundle-stated',
    'exported',
    'bundle-stated',
    'exported',
  ])
  const publicKey = clinicSigner(world.clinic.key, world.clinic.clinicId)
  const proved = await verifyBundle(readMemory(files), { publicKey })
  expect(proved.checks.flatMap(check => check.places)).toEqual([])
  expect(proved.verdict).toBe('whole-and-proved')
  expect(textOf(files, 'data/chronology.csv')).toContain('He stood outside.')
}, 120_000)

test('S7 an exhibit that another stands for on the disk, sealed with the key of the case, stops the bundle, and nothing is kept', async () => {
  const bundleId = await idOf(await ask())
  await decide(bundleId, 'coordinator')
  const { clinicId, blobFolder } = world.clinic
  const caseKey = await inCase('stalking-advocate', 'bundle', transaction =>
    openCaseKey(world.clinic, transaction, theCase),
  )
  const blobId = await asOwner(world.ownerUrl, async client => {
    const found = await client.query<{ blob_id: string }>(
      'select blob_id from unwatched.item where case_id = $1',
      [theCase],
    )
    return found.rows[0]?.blob_id ?? ''
  })
  const path = join(blobFolder, blobId.slice(0, 2), blobId)
  const arrived = await readFile(path)
  const other = Buffer.from(chat.replace('answer', 'thanks'))
  async function* padded(): AsyncGenerator<Uint8Array> {
    yield other
    yield* paddingOf(other.length)
  }
  const bound = boundToBlob({ clinicId, caseId: theCase, caseKey }, blobId)
  const listBlobs = async () => (await readdir(blobFolder, { recursive: true })).sort()
  const before = await listBlobs()
  await rm(path)
  await writeFile(path, sealParts(caseKey, bound, padded()))
  try {
    await expect(buildBundleFile(world.clinic, theCase, bundleId)).rejects.toMatchObject({
      code: 'made-file-broke-off',
    })
  } finally {
    await rm(path)
    await writeFile(path, arrived, { mode: 0o400 })
  }
  expect(await openBundle(world.clinic, world.as('coordinator'), theCase, bundleId)).toBeNull()
  expect(await listBlobs()).toEqual(before)

  const files = await buildAndLoad(bundleId)
  expect([...files.values()].filter(bytes => Buffer.from(bytes).equals(Buffer.from(chat)))).toHaveLength(1)
}, 120_000)

test('a bundle without a single exhibit is signed and bound like any other', async () => {
  const empty = await openTestCase(world)
  const inEmpty = async <Answer>(role: Role, work: Parameters<typeof withCase<Answer>>[3]) => {
    const access = { caseId: empty, part: 'bundle', mode: 'write' } as const
    const answer = await withCase(world.clinic.database, world.as(role), access, work)
    if (answer === null) throw new Error(`${role} may not`)
    return answer
  }
  const bundleId = await idOf(
    await inEmpty('stalking-advocate', transaction =>
      askForBundle(transaction, empty, {
        purpose: 'client-copy',
        forAgency: null,
        choices: { records: 'all', note: '', exhibits: {} },
        askedBy: world.people['stalking-advocate'],
        formToken: null,
      }),
    ),
  )
  await inEmpty('coordinator', transaction =>
    decideBundle(transaction, empty, bundleId, {
      approve: true,
      by: world.people['coordinator'],
      note: '',
    }),
  )
  await buildBundleFile(world.clinic, empty, bundleId)
  const opened = await openBundle(world.clinic, world.as('coordinator'), empty, bundleId)
  if (!opened) throw new Error('the coordinator may not have it')
  const files = await loadZip(await buffer(opened.body))
  const publicKey = clinicSigner(world.clinic.key, world.clinic.clinicId)
  expect(await verifyBundle(readMemory(files), { publicKey })).toMatchObject({ verdict: 'whole-and-proved' })
  const forged = relist(new Map(files).set('data/chronology.csv', Buffer.from('none')))
  expect(await verifyBundle(readMemory(forged), { publicKey })).toMatchObject({ verdict: 'wrong' })
}, 120_000)

test('a withdrawn consent closes a bundle that was ready', async () => {
  const bundleId = await idOf(await ask())
  await decide(bundleId, 'coordinator')
  await buildBundleFile(world.clinic, theCase, bundleId)
  await asOwner(world.ownerUrl, client =>
    client.query('update unwatched.consent set withdrawn_at = $1 where case_id = $2 and agency_id = $3', [
      world.clock.now(),
      theCase,
      world.agencies.police,
    ]),
  )
  expect(await openBundle(world.clinic, world.as('police-liaison'), theCase, bundleId)).toBeNull()
}, 120_000)
