import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { steal } from '../../../test/support/stolen-dump.ts'
import { openTestCase } from '../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { withCase } from '../../audit/operations/access-case.ts'
import { makeIncident } from '../../chronology/operations/make-incident.ts'
import { emptyPlan, type SafeChannel } from '../../contact/contact-plan.ts'
import { changeContactPlan } from '../../contact/operations/change-plan.ts'
import { loadCustodyLines } from '../../evidence/custody-store.ts'
import { readItem } from '../../evidence/operations/read-item.ts'
import { takeInEvidence } from '../../evidence/operations/take-in-evidence.ts'
import type { BundleId, CaseId, ItemId } from '../../foundation/ids.ts'
import type { ChosenExhibits } from '../exhibit-choice.ts'
import { askForBundle } from './ask-for-bundle.ts'
import { buildBundleFile } from './build-bundle-file.ts'
import { decideBundle } from './decide-bundle.ts'
import { listBundles } from './load-bundles.ts'
import { openBundle } from './open-bundle.ts'

let world: TestClinic
let theCase: CaseId
let photo: ItemId
let chat: ItemId
let original = Buffer.alloc(0)

beforeAll(async () => {
  world = await openTestClinic()
  await asOwner(world.ownerUrl, client =>
    client.query('update unwatched.clinic set profile = $1', [
      readFileSync(new URL('../../../profiles/west-kent.json', import.meta.url), 'utf8'),
    ]),
  )
  theCase = await openTestCase(world)
  await agreeOn('07700 900123')
  original = await sharp({ create: { width: 90, height: 60, channels: 3, background: '#375' } })
    .withExif({ IFD0: { Make: 'Cameramaker' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } })
    .jpeg()
    .toBuffer()
  photo = await bring('hall.jpg', original)
  chat = await bring(
    'WhatsApp Chat with Kay.txt',
    Buffer.from(
      '02/03/2026, 22:14 - Kay Made-up: where are you\n02/03/2026, 22:15 - Kay Made-up: answer me\n02/03/2026, 22:16 - Kay Made-up: I will ring 07700 900999\n',
    ),
  )
  await withCase(
    world.clinic.database,
    world.as('stalking-advocate'),
    { caseId: theCase, part: 'chronology', mode: 'write' },
    transaction =>
      makeIncident(transaction, theCase, 'told-once', {
        when: { precision: 'exact', startsAt: new Date('2026-03-02T22:15:00Z') },
        zone: 'Europe/London',
        noticedOn: null,
        what: 'He rang 07700 900124 and then 07700 900123.',
        clientWords: '',
        changed: '',
        whereCoarse: '',
        toldTo: '',
        platform: 'Phone',
        codes: ['B_CONTACT'],
        records: [
          { itemId: photo, ordinal: 0 },
          { itemId: chat, ordinal: 1 },
        ],
      }),
  )
}, 120_000)
afterAll(async () => {
  await world.close()
})

async function agreeOn(number: string): Promise<void> {
  const access = { caseId: theCase, part: 'contact', mode: 'write' } as const
  const channel: SafeChannel = {
    channelId: 'c1',
    kind: 'phone',
    value: number,
    safe: 'yes',
    mayRemind: false,
    windows: [],
    note: '',
    confirmedAt: world.clock.now().toISOString(),
    expiresOn: '2026-12-31',
    isGone: false,
  }
  const done = await withCase(world.clinic.database, world.as('cyber-adviser'), access, transaction =>
    changeContactPlan(world.clinic, transaction, theCase, () => ({ ...emptyPlan, channels: [channel] })),
  )
  expect(done).toBe(true)
}

async function bring(name: string, bytes: Buffer): Promise<ItemId> {
  const taken = await takeInEvidence(world.clinic, world.as('cyber-adviser'), theCase, {
    name,
    broughtBy: 'ABC',
    howObtained: 'copied by cable',
    body: Readable.from([bytes]),
    answers: { zone: 'Europe/London', dateOrder: 'day-first' },
  })
  if (taken.kind === 'refused') throw new Error(taken.because)
  await readItem(world.clinic, theCase, taken.itemId)
  return taken.itemId
}

const onBundle = async <Answer>(
  role: 'stalking-advocate' | 'coordinator',
  work: Parameters<typeof withCase<Answer>>[3],
) => {
  const access = { caseId: theCase, part: 'bundle', mode: 'write' } as const
  const answer = await withCase(world.clinic.database, world.as(role), access, work)
  if (answer === null) throw new Error(`${role} may not`)
  return answer
}

const ask = (exhibits: ChosenExhibits) =>
  onBundle('stalking-advocate', transaction =>
    askForBundle(transaction, theCase, {
      purpose: 'police-report',
      forAgency: world.agencies.police,
      choices: { records: 'in-incidents', note: '', exhibits },
      askedBy: world.people['stalking-advocate'],
      formToken: null,
    }),
  )
const approve = (bundleId: BundleId) =>
  onBundle('coordinator', transaction =>
    decideBundle(transaction, theCase, bundleId, { approve: true, by: world.people.coordinator, note: '' }),
  )
const stateOf = async (bundleId: BundleId) =>
  (await onBundle('coordinator', transaction => listBundles(transaction, theCase))).bundles.find(
    bundle => bundle.bundleId === bundleId,
  )

/** A bundle asked for, approved and built with a choice for the photo, as the police get it. */
async function bundleWith(choice: 'leave-out' | 'working-copy' | 'original'): Promise<Buffer> {
  const asked = await ask({ [photo]: choice })
  if (!asked.allowed) throw new Error(asked.because)
  expect(await approve(asked.bundleId)).toEqual({ allowed: true })
  await buildBundleFile(world.clinic, theCase, asked.bundleId)
  const opened = await openBundle(world.clinic, world.as('police-liaison'), theCase, asked.bundleId)
  if (!opened) throw new Error((await stateOf(asked.bundleId))?.failure ?? 'no bundle')
  return buffer(opened.body)
}

test('S6 a photo with a position is in no bundle until somebody chose what becomes of it', async () => {
  expect(await ask({})).toEqual({ allowed: false, because: 'choices-open' })
  // A choice for something else does not count for the photo, and a copy can only be made of a picture.
  expect(await ask({ [chat]: 'leave-out' })).toEqual({ allowed: false, because: 'choices-open' })
  expect(await ask({ [photo]: 'working-copy', [chat]: 'working-copy' })).toEqual({
    allowed: false,
    because: 'choices-open',
  })
})

test('S6 left out, as a copy, or as it is: what leaves is what was chosen, and what is said of it is true', async () => {
  const out = await bundleWith('leave-out')
  expect(out.includes(original)).toBe(false)
  expect(out.includes('Cameramaker')).toBe(false)
  expect(out.includes('Exhibit ABC/1,1,left out by choice. It holds a position that the camera wrote.')).toBe(
    true,
  )
  expect(out.includes('[Rests also on ABC/1, which was left out.]')).toBe(true)

  const copied = await bundleWith('working-copy')
  expect(copied.includes(original)).toBe(false)
  expect(copied.includes('Cameramaker')).toBe(false)
  expect(copied.includes('Exif\0\0')).toBe(false)
  expect(copied.includes('Everything but the pixels of exhibit ABC/1')).toBe(true)

  const whole = await bundleWith('original')
  expect(whole.includes(original)).toBe(true)
  expect(whole.includes('NOT taken out: what exhibit ABC/1 holds')).toBe(true)

  for (const bundle of [out, copied, whole]) {
    expect(bundle.includes('07700 900124')).toBe(true)
    expect(bundle.includes('07700 900123')).toBe(false)
    expect(bundle.includes('[the client’s number, withheld]')).toBe(true)
  }
  // The copy is made once, and the log of the original says so with its digest.
  await bundleWith('working-copy')
  const lines = await withCase(
    world.clinic.database,
    world.as('coordinator'),
    { caseId: theCase, part: 'evidence', mode: 'read' },
    transaction => loadCustodyLines(transaction, theCase, photo),
  )
  const made = (lines ?? []).filter(({ line }) => line.includes('"working-copy-made"'))
  expect(made).toHaveLength(1)
  expect(made[0]?.line).toMatch(/"sha256":"[0-9a-f]{64}"/)
}, 120_000)

test('S6 what is found after the asking stops the approval, and what is found after the approval stops the building', async () => {
  const early = await ask({ [photo]: 'leave-out' })
  const late = await ask({ [photo]: 'leave-out' })
  if (!early.allowed || !late.allowed) throw new Error('not asked')
  expect(await approve(late.bundleId)).toEqual({ allowed: true })
  // The client's new number is in a message of the suspected person that gave nothing away before.
  await agreeOn('07700 900999')
  await expect(buildBundleFile(world.clinic, theCase, late.bundleId)).rejects.toThrow('looked through again')
  expect((await stateOf(late.bundleId))?.state).toBe('building')
  await readItem(world.clinic, theCase, chat)
  expect(await approve(early.bundleId)).toEqual({ allowed: false, because: 'choices-open' })
  await buildBundleFile(world.clinic, theCase, late.bundleId)
  const stopped = await stateOf(late.bundleId)
  expect([stopped?.state, stopped?.blobId]).toEqual(['failed', null])
  expect(stopped?.failure).toContain('ABC/2: since this bundle was approved')
}, 120_000)

test('S8 of what was made of a case no digest, size or name lies in the open, nor why it could not be made', async () => {
  const { bundles } = await onBundle('coordinator', transaction => listBundles(transaction, theCase))
  const ready = bundles.filter(bundle => bundle.state === 'ready')
  expect(ready.length).toBeGreaterThan(3)
  const copies = await withCase(
    world.clinic.database,
    world.as('coordinator'),
    { caseId: theCase, part: 'evidence', mode: 'read' },
    transaction => loadCustodyLines(transaction, theCase, photo),
  )
  const { detail } = JSON.parse(
    (copies ?? []).find(({ line }) => line.includes('"working-copy-made"'))?.line ?? '{}',
  ) as { readonly detail: { readonly sha256: string; readonly size: number } }
  const { rows } = await steal(world)
  const secrets = [
    ...ready.flatMap(({ sha256, size, fileName }) => [`${sha256}`, `${size}`, `${fileName}`]),
    detail.sha256,
    `${detail.size}`,
    'ABC/2',
    'leave-out',
  ]
  expect(bundles.some(({ failure }) => failure.includes('ABC/2'))).toBe(true)
  const found = rows
    .filter(row => !/^unwatched\.record/.test(row.table))
    .flatMap(({ table, text }) =>
      secrets
        .filter(secret => new RegExp(`(?<![0-9A-Za-z])${secret}(?![0-9A-Za-z])`).test(text))
        .map(each => [table, each]),
    )
  expect(found).toEqual([])
})
