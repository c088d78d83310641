import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import {
  loadBag,
  makeSampleBundle,
  makeSigner,
  readMemory,
  unpackBundle,
} from '../../test/support/sample-bundle.ts'
import { signCheckpoint } from '../evidence/checkpoint-key.ts'
import { writeReceipt } from '../evidence/receipt.ts'
import { type Sha256, sha256 } from '../foundation/digest.ts'
import { buildBundle } from './build.ts'
import { readFolder } from './read-bag/folder-reader.ts'
import { openBag } from './read-bag/open-bag.ts'
import { type Verification, verifyBundle } from './verify.ts'

const folder = mkdtempSync(join(tmpdir(), 'bundle-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const sample = makeSampleBundle()
const zipBytes = await buffer(sample.build())
const zipFile = join(folder, 'bundle.zip')
await writeFile(zipFile, zipBytes)
const whole = await openBag(zipFile)
const files = await loadBag(whole.reader)
whole.close()

const red = ({ checks }: Verification) => checks.filter(each => each.result === 'fail').map(each => each.id)
const outside = { publicKey: sample.input.clinicKey, receipts: [{ name: 'slip', text: sample.receiptAt(2) }] }

test('a bundle nobody touched is whole, and proved only with something from outside', async () => {
  const alone = await verifyBundle(readMemory(files))
  expect(alone.checks.filter(each => each.result !== 'pass').map(each => each.id)).toEqual([
    'receipts',
    'key',
  ])
  expect(alone.verdict).toBe('whole-not-proved')
  const proved = await verifyBundle(readMemory(files), outside)
  expect(proved.checks.map(each => each.result)).toEqual(Array(17).fill('pass'))
  expect(proved.verdict).toBe('whole-and-proved')
})

test('the same input makes the same bytes, in any time zone', async () => {
  const zone = process.env['TZ']
  process.env['TZ'] = 'Pacific/Apia'
  const again = await buffer(makeSampleBundle().build())
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
  expect(sha256(again)).toBe(sha256(zipBytes))
})

test('unpacked, its lists agree with the checksum tool of any Unix', async () => {
  const root = join(folder, 'out', sample.input.reference)
  await unpackBundle(zipFile, root)
  const said = execFileSync('sha256sum', ['-c', 'manifest-sha256.txt'], { cwd: root, encoding: 'utf8' })
  expect(said.split('\n').filter(line => line.endsWith(': OK'))).toHaveLength(10)
  expect((await verifyBundle(readFolder(root), outside)).verdict).toBe('whole-and-proved')
  expect((await verifyBundle((await openBag(join(folder, 'out'))).reader)).verdict).toBe('whole-not-proved')
})

/** What must be red when one byte of a file is changed, whichever byte it is, and what else may be. */
const expectedRed: readonly [RegExp, readonly string[], readonly string[]][] = [
  [
    /^data\/exhibits\//,
    ['payload-sha256', 'payload-sha512', 'stated-files', 'stated-lists', 'exhibits-in-custody'],
    [],
  ],
  [
    /^data\/custody\//,
    ['payload-sha256', 'payload-sha512', 'stated-lists'],
    ['description', 'custody-chain', 'custody-proofs', 'stated-custody', 'exhibits-in-custody', 'receipts'],
  ],
  [
    /^data\/bundle\.json$/,
    ['payload-sha256', 'payload-sha512', 'stated-files', 'stated-lists'],
    ['description'],
  ],
  [/^data\//, ['payload-sha256', 'payload-sha512', 'stated-files', 'stated-lists'], []],
  [
    /^bagit\.txt$/,
    ['tags-sha256', 'tags-sha512', 'stated-files', 'stated-lists'],
    ['bag-declaration', 'bag-complete'],
  ],
  [/^bag-info\.txt$/, ['tags-sha256', 'tags-sha512', 'stated-lists'], ['bag-complete']],
  [
    /^custody-head\.txt$/,
    ['tags-sha256', 'tags-sha512', 'head-signature', 'key', 'receipts', 'stated-lists'],
    ['custody-proofs', 'stated-custody', 'statement'],
  ],
  [/^verify\.html$/, ['tags-sha256', 'tags-sha512', 'stated-files', 'stated-lists'], []],
  [
    /^clinic-key\.txt$/,
    ['tags-sha256', 'tags-sha512', 'stated-files', 'stated-lists'],
    ['head-signature', 'statement'],
  ],
  [
    /^unwatched-statement\.json$/,
    ['tags-sha256', 'tags-sha512', 'statement', 'key', 'receipts'],
    ['stated-lists', 'stated-files', 'stated-custody', 'description', 'exhibits-in-custody'],
  ],
  [
    /^unwatched-statement\.sig$/,
    ['tags-sha256', 'tags-sha512', 'statement', 'stated-lists', 'key', 'receipts'],
    [],
  ],
  [
    /^manifest-sha256\.txt$/,
    ['tags-sha256', 'tags-sha512', 'stated-lists'],
    ['payload-sha256', 'bag-complete'],
  ],
  [
    /^manifest-sha512\.txt$/,
    ['tags-sha256', 'tags-sha512', 'stated-lists'],
    ['payload-sha512', 'bag-complete'],
  ],
  [/^tagmanifest-sha256\.txt$/, ['tags-sha256', 'stated-lists'], ['bag-complete']],
  [/^tagmanifest-sha512\.txt$/, ['tags-sha512', 'stated-lists'], ['bag-complete']],
]

test('S7: one changed byte anywhere turns exactly the right check red', async () => {
  for (const [path, bytes] of files) {
    const [, must = [], may = []] = expectedRed.find(([shape]) => shape.test(path)) ?? []
    const places = new Set([0, 1, 2, 3, 4].map(step => Math.floor(((bytes.length - 1) * step) / 4)))
    for (const place of bytes.length === 0 ? [] : places) {
      const changed = Uint8Array.from(bytes)
      changed[place]! ^= 0x01 // place is below the length
      const result = await verifyBundle(readMemory(new Map(files).set(path, changed)), outside)
      const where = `${path}, byte ${place}`
      expect(result.verdict, where).toBe('wrong')
      expect(result.checks, where).toHaveLength(17)
      expect(red(result), where).toEqual(expect.arrayContaining([...must]))
      expect([...must, ...may], where).toEqual(expect.arrayContaining(red(result)))
    }
  }
})

test('a file that was taken out, added or renamed is named', async () => {
  for (const path of files.keys()) {
    const without = new Map(files)
    without.delete(path)
    expect((await verifyBundle(readMemory(without), outside)).verdict, `without ${path}`).toBe('wrong')
  }
  for (const path of [
    'data/extra.txt',
    'extra.txt',
    'data/exhibits/ABC-1/second.txt',
    'tagmanifest-md5.txt',
  ]) {
    const result = await verifyBundle(readMemory(new Map(files).set(path, Buffer.from('x'))), outside)
    expect(result.verdict, `with ${path}`).toBe('wrong')
    expect(result.checks.flatMap(each => each.places).join('\n')).toContain(path)
  }
})

test('a bundle that a forger signed again with their own key is whole, but fails the key and the receipt', async () => {
  const forged = makeSampleBundle(makeSigner('the forger'))
  const bytes = await buffer(forged.build())
  await writeFile(join(folder, 'forged.zip'), bytes)
  const { reader, close } = await openBag(join(folder, 'forged.zip'))
  expect((await verifyBundle(reader)).verdict).toBe('whole-not-proved')
  expect(red(await verifyBundle(reader, outside))).toEqual(['receipts', 'key'])
  close()
})

test('the clinic itself cannot rewrite its log against a receipt somebody holds', async () => {
  const bring = (text: string) => verifyBundle(readMemory(files), { receipts: [{ name: 'slip', text }] })
  expect((await bring(sample.receiptAt(3))).verdict).toBe('whole-and-proved')
  const { log, signer, input } = sample
  const origin = `${signer.name}/case-7`
  const receipt = (
    size: number,
    root: Sha256,
    at = log[2]!.line.at, // the sample has nine lines
  ) =>
    writeReceipt(
      {
        item: log[2]!.line.item!,
        at,
        size,
        head: signCheckpoint({ origin, size, root }, signer),
        clinicKey: input.clinicKey,
      },
      signer,
    )
  expect(red(await bring(receipt(3, sha256('the log as it was then'))))).toEqual(['receipts'])
  expect(red(await bring(receipt(99, sha256('a log that was longer'))))).toEqual(['receipts'])
  expect(red(await bring('not a receipt'))).toEqual(['receipts'])
  expect(red(await bring(sample.receiptAt(3).replace(log[2]!.line.item!, sha256('another item'))))).toEqual([
    'receipts',
  ])
})

test('a receipt of an age the bundle has no proof for is said to be unchecked, and proves nothing', async () => {
  const result = await verifyBundle(readMemory(files), {
    receipts: [{ name: 'slip', text: sample.receiptAt(1) }],
  })
  expect(result.checks.find(each => each.id === 'receipts')?.result).toBe('not-checked')
  expect(result.verdict).toBe('whole-not-proved')
})

test('an exhibit whose bytes are not those of the custody log stops the bundle', async () => {
  const [first, ...others] = sample.input.exhibits
  const wrong = {
    ...first!,
    open: async function* () {
      yield Buffer.from('other')
    },
  } // the sample has three
  await expect(
    buffer(buildBundle({ ...sample.input, exhibits: [wrong, ...others] }, sample.files, sample.signed)),
  ).rejects.toThrow('custody log')
})

test('one byte changed in the zip itself is noticed wherever the contents are', async () => {
  const bytes = await readFile(zipFile)
  const place = bytes.indexOf('stands in for the chronology')
  bytes[place]! ^= 0x01 // the text is in the zip
  await writeFile(join(folder, 'changed.zip'), bytes)
  const { reader, close } = await openBag(join(folder, 'changed.zip'))
  expect(red(await verifyBundle(reader, outside))).toContain('payload-sha256')
  close()
})
