import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { asOwner } from '../../test/support/test-clinic.ts'
import { withCase } from '../audit/operations/access-case.ts'
import { loadBundles } from '../bundle/store.ts'
import { signCheckpoint } from '../evidence/checkpoint-key.ts'
import { clinicSigner, custodyOrigin } from '../evidence/clinic-signer.ts'
import { appendCustodyLine, newCustodyLog } from '../evidence/custody-log.ts'
import { openStored } from '../evidence/operations/open-original.ts'
import { verifyCustody } from '../evidence/operations/verify-custody.ts'
import { boundToBlob } from '../evidence/seal.ts'
import { findItem, loadArrivals, loadReading } from '../evidence/store.ts'
import { findWorkingCopy } from '../evidence/working-copy-store.ts'
import { sha256 } from '../foundation/digest.ts'
import { type BundleId, type CaseId, type ClinicId, type ItemId, makeId } from '../foundation/ids.ts'
import { makeBlobId, openBlobStore } from '../platform/blobs.ts'
import { openDatabase } from '../platform/database.ts'
import { clinicKeyId, makeCaseKey, makeClinicKey, wrapCaseKey } from '../platform/keys.ts'
import { migrate } from '../platform/migrate.ts'
import { prepareProgramRole } from '../platform/program-role.ts'
import { sealParts } from '../platform/seal.ts'
import { sealName } from '../platform/seal-name.ts'
import { sealClearTexts } from './seal-clear-texts.ts'

/** The last version that kept digests and sizes in the open, and did not pad files. */
const lastInTheOpen = 44

const name = `test_${randomBytes(6).toString('hex')}`
const serverUrl = (): string => inject('ownerUrl').replace(/unwatched$/, 'postgres')
let ownerUrl: string
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unwatched-old-'))
  await asOwner(serverUrl(), client => client.query(`create database ${name} template template0`))
  ownerUrl = inject('ownerUrl').replace(/unwatched$/, name)
  await migrate(ownerUrl, undefined, { upTo: lastInTheOpen })
})
afterAll(async () => {
  await asOwner(serverUrl(), client => client.query(`drop database if exists ${name} with (force)`))
  await rm(folder, { recursive: true, force: true })
})

test('S7 S8 what an earlier version kept of evidence is sealed at the next start; files and log stay as they were', async () => {
  const now = new Date('2026-03-02T10:00:00Z')
  const clinicId = makeId<ClinicId>(now)
  const caseId = makeId<CaseId>(now)
  const itemId = makeId<ItemId>(now)
  const bundleId = makeId<BundleId>(now)
  const key = makeClinicKey()
  const caseKey = makeCaseKey()
  const owner = { clinicId, caseId, caseKey }
  const blobs = openBlobStore(folder)
  const keep = async (bytes: Buffer): Promise<string> => {
    const blobId = makeBlobId()
    await blobs.put(
      blobId,
      sealParts(
        caseKey,
        boundToBlob(owner, blobId),
        (async function* () {
          yield bytes
        })(),
      ),
    )
    return blobId
  }
  const files = ['photo', 'copy', 'bundle'].map(each => Buffer.from(`the bytes of a ${each}`.repeat(400)))
  const [photo = Buffer.alloc(0), copy = photo, bundle = photo] = files
  const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
  const touch = { at: now.toISOString(), actor: { person: 'A. Adviser', agency: 'Helpline' }, detail: {} }
  const first = appendCustodyLine(newCustodyLog, { ...touch, act: 'arrived', item: sha256(photo) })
  const second = appendCustodyLine(first.head, { ...touch, act: 'read', item: sha256(photo) })
  const origin = custodyOrigin(clinicId, caseId)
  const checkpoint = signCheckpoint({ origin, size: 2, root: second.root }, clinicSigner(key, clinicId))
  const sealed = (field: string, text: string) => sealName(key, { clinicId, caseId, field }, text)
  const insert = (table: string, row: Readonly<Record<string, unknown>>) =>
    asOwner(ownerUrl, client => {
      const columns = Object.keys(row)
      return client.query(
        `insert into unwatched.${table} (${columns.join(', ')}) values (${columns.map((_, at) => `$${at + 1}`).join(', ')})`,
        Object.values(row),
      )
    })
  const place = { clinic_id: clinicId, case_id: caseId }
  const person = makeId(now)
  await insert('clinic', {
    clinic_id: clinicId,
    slug: 'old',
    name: 'Old',
    profile: '{}',
    key_id: clinicKeyId(key),
    opened_at: now,
  })
  await asOwner(ownerUrl, client =>
    client.query('insert into unwatched.file_key values ($1, $2, $3, $4)', [
      clinicId,
      caseId,
      wrapCaseKey(key, clinicId, caseId, caseKey),
      now,
    ]),
  )
  await insert('referral', {
    ...place,
    reference: 'T-1',
    form_token: 't',
    door: 'phone',
    received_at: now,
    referred_by: 'client',
    state: 'opened',
    client_name: sealed('client-name', 'Lena Fiction'),
    answers: '{}',
    decision: '{}',
  })
  await insert('case_file', {
    ...place,
    reference: 'T-1',
    client_name: sealed('client-name', 'Lena Fiction'),
    stalker_type: 'both',
    urgency: 'routine',
    opened_at: now,
    opened_by: person,
  })
  await insert('item', {
    ...place,
    item_id: itemId,
    sha256: digest(photo),
    size: photo.length,
    media_type: 'image/png',
    kind: 'image',
    blob_id: await keep(photo),
    exhibit_ref: 'LF/1',
    received_at: now,
  })
  await insert('arrival', {
    ...place,
    arrival_id: makeId(now),
    item_id: itemId,
    arrived_at: now,
    brought_by: sealed('brought-by', 'LF'),
    how_obtained: sealed('how-obtained', 'By her sister'),
    original_name: sealed('file-name', 'hall.png'),
    receipt: '{"size":1}',
  })
  for (const { line, text, digest: sum } of [first, second])
    await insert('custody_line', {
      ...place,
      sequence: line.sequence,
      item_id: itemId,
      line: line.sequence === 0 ? text : sealed('custody-line', text),
      digest: sum,
    })
  await insert('custody_head', {
    ...place,
    size: 2,
    state: JSON.stringify({ ...second.head, at: now.toISOString() }),
    checkpoint,
    at: now,
  })
  await insert('reading', {
    ...place,
    item_id: itemId,
    state: 'done',
    format: 'image',
    dialect: 'png',
    account: JSON.stringify(sealed('account', '{"byKind":{},"bytes":9}')),
    answers: JSON.stringify(sealed('answers', '{"zone":"Europe/London"}')),
    ended_at: now,
  })
  await insert('working_copy', {
    ...place,
    item_id: itemId,
    blob_id: await keep(copy),
    sha256: digest(copy),
    size: copy.length,
    media_type: 'image/png',
    made_at: now,
  })
  await insert('bundle', {
    ...place,
    bundle_id: bundleId,
    purpose: 'client-copy',
    state: 'ready',
    asked_by: person,
    asked_at: now,
    blob_id: await keep(bundle),
    file_name: 'T-1-bundle-1.zip',
    size: bundle.length,
    sha256: digest(bundle),
    built_at: now,
  })

  await migrate(ownerUrl)
  await sealClearTexts(ownerUrl, key)
  await sealClearTexts(ownerUrl, key)

  const kept = await asOwner(ownerUrl, async client => {
    const texts: string[] = []
    for (const table of [
      'item',
      'arrival',
      'custody_line',
      'custody_head',
      'reading',
      'working_copy',
      'bundle',
    ]) {
      const found = await client.query<{ row: string }>(
        `select to_jsonb(t)::text as row from unwatched.${table} t`,
      )
      texts.push(...found.rows.map(({ row }) => row))
    }
    return texts.join('\n')
  })
  for (const secret of [
    ...files.map(digest),
    first.digest,
    second.leaf,
    'LF/1',
    'bundle-1.zip',
    'image',
    'png',
  ])
    expect(kept).not.toContain(secret)

  const database = openDatabase(await prepareProgramRole(ownerUrl, 'test'), { now: () => now, key })
  const clinic = { clinicId, key, blobFolder: folder }
  try {
    const found = await withCase(
      database,
      { kind: 'task', clinicId, task: 'job-build-bundle' },
      { caseId, part: 'evidence', mode: 'read' },
      async transaction => ({
        item: await findItem(transaction, caseId, { sha256: sha256(photo) }),
        copy: await findWorkingCopy(transaction, caseId, itemId),
        arrivals: await loadArrivals(transaction, caseId, { itemId }),
        reading: await loadReading(transaction, caseId, itemId),
        custody: await verifyCustody(clinic, transaction, caseId),
      }),
    )
    if (!found?.item || !found.copy) throw new Error('what was there is not')
    expect(found.item).toMatchObject({ itemId, exhibitRef: 'LF/1', size: photo.length, kind: 'image' })
    expect(found.arrivals).toMatchObject([{ originalName: 'hall.png', howObtained: 'By her sister' }])
    expect(found.reading).toMatchObject({
      format: 'image',
      account: { bytes: 9 },
      answers: { zone: 'Europe/London' },
    })
    expect(found.custody).toMatchObject({ checkpoint, problems: [] })
    expect(found.custody.lines.map(({ act }) => act)).toEqual(['arrived', 'read'])
    for (const [file, bytes] of [[found.item, photo] as const, [found.copy, copy] as const])
      expect((await buffer(await openStored(clinic, caseId, caseKey, file))).equals(bytes)).toBe(true)
    const look = { caseId, part: 'bundle', mode: 'read' } as const
    const bundles = await withCase(
      database,
      { kind: 'task', clinicId, task: 'job-build-bundle' },
      look,
      transaction => loadBundles(transaction, caseId),
    )
    expect(bundles).toMatchObject([{ sha256: digest(bundle), fileName: 'T-1-bundle-1.zip', isPadded: false }])
  } finally {
    await database.close()
  }
})
