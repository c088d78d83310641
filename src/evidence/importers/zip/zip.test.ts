import { crc32, deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { archiveBounds, findNameFault, judgeEntries } from '../../archive.ts'
import type { Account, EvidenceRecord, EvidenceSource } from '../importer.ts'
import { readEvidence } from '../read-evidence.ts'

type Made = {
  readonly name: string
  readonly data?: Uint8Array | string
  readonly mode?: number
  readonly flags?: number
  readonly method?: number
  readonly size?: number
  readonly sum?: number
  /** Points at the local header of an earlier entry. */
  readonly at?: number
}

/** Writes a zip by hand, because no library writes the hostile ones. */
function makeZip(entries: readonly Made[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const made of entries) {
    const data = Buffer.from(made.data ?? '')
    const packed = made.method === 0 ? data : deflateRawSync(data)
    const name = Buffer.from(made.name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(made.flags ?? 0x800, 2)
    common.writeUInt16LE(made.method ?? 8, 4)
    common.writeUInt32LE(made.sum ?? crc32(data), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(made.size ?? data.length, 18)
    common.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, name, packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(((made.mode ?? 0o100644) << 16) >>> 0, 6)
    tail.writeUInt32LE(made.at ?? offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, tail, name]))
    if (made.at === undefined) {
      locals.push(local)
      offset += local.length
    }
  }
  const middle = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(middle.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, middle, end])
}

async function readAll(bytes: Uint8Array, name = 'export.zip', ranges = false) {
  const source: EvidenceSource = {
    name,
    size: bytes.length,
    async *open() {
      for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100)
    },
    ...(ranges
      ? {
          async *openRange(from: number, to: number) {
            yield bytes.subarray(from, to)
          },
        }
      : {}),
  }
  const records: EvidenceRecord[] = []
  let format = ''
  let account: Account | null = null
  for await (const step of readEvidence(source)) {
    if (step.step === 'records') records.push(...step.records)
    else if (step.step === 'identified') format = step.format
    else account = step.account
  }
  if (!account) throw new Error('no closing account')
  return { format, records, account }
}

const chat =
  '13/02/2024, 07:58 - Dee: IMG-20240213-WA0001.jpg (file attached)\n13/02/2024, 07:59 - Dee: IMG-20240213-WA0002.jpg (file attached)\n13/02/2024, 08:00 - Kit: stop\n'
const gif = Buffer.from('R0lGODlhAQABAAAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64')

test('a WhatsApp export with its pictures is read as one, and a picture that is missing is said', async () => {
  const bytes = makeZip([
    { name: 'IMG-20240213-WA0001.jpg', data: gif },
    { name: 'WhatsApp Chat with Dee.txt', data: chat },
  ])
  const read = await readAll(bytes)
  expect(read.format).toBe('whatsapp')
  expect(read.records.map(record => [record.kind, record.place.entry])).toEqual([
    ['media', 'WhatsApp Chat with Dee.txt'],
    ['media', 'WhatsApp Chat with Dee.txt'],
    ['message', 'WhatsApp Chat with Dee.txt'],
    ['image', 'IMG-20240213-WA0001.jpg'],
  ])
  expect(read.records[0]?.attachments[0]?.entry).toBe('IMG-20240213-WA0001.jpg')
  expect(read.records[1]?.attachments[0]?.entry).toBeNull()
  expect(read.account.problems.map(problem => problem.code)).toEqual(['missing-attachment'])
  expect((await readAll(bytes, 'export.zip', true)).records).toEqual(read.records)
})

test('an archive that is no chat is listed file by file, each with its digest', async () => {
  const { format, records } = await readAll(
    makeZip([
      { name: 'a/b.pdf', data: '%PDF-1.7 x' },
      { name: 'c.bin', method: 0, data: 'zz' },
    ]),
  )
  expect(format).toBe('zip')
  expect(records.map(record => [record.kind, record.place.entry, record.reason])).toEqual([
    ['file', 'a/b.pdf', 'a PDF document'],
    ['file', 'c.bin', 'plain text'],
  ])
  expect(records.every(record => record.sha256?.length === 64)).toBe(true)
})

test('what breaks a bound is set apart with its reason, and the rest goes on', async () => {
  const hostile: readonly Made[] = [
    { name: 'good.txt', data: 'good' },
    { name: '../../evil.txt', data: 'x' },
    { name: '/etc/passwd', data: 'x' },
    { name: 'C:\\evil.txt', data: 'x' },
    { name: 'a\0b', data: 'x' },
    { name: 'good.txt', data: 'other' },
    { name: 'link', data: '/etc/passwd', mode: 0o120777 },
    { name: 'device', data: '', mode: 0o020666 },
    { name: 'locked', data: 'x', flags: 1 },
    { name: 'strange', data: 'x', method: 12 },
    { name: 'lies about size', data: 'xxxx', size: 3 },
    { name: 'lies about sum', data: 'xxxx', sum: 1 },
    { name: 'bomb', data: Buffer.alloc(20_000_000) },
    { name: 'nested.zip', data: makeZip([{ name: 'x' }]) },
    { name: 'last.txt', data: 'last' },
  ]
  const { records, account } = await readAll(makeZip(hostile))
  expect(records.length).toBe(hostile.length)
  expect(records.filter(record => record.kind === 'file').map(record => record.place.entry)).toEqual([
    'good.txt',
    'last.txt',
  ])
  expect(account.quarantined).toBe(hostile.length - 2)
  expect(records.every(record => record.kind === 'file' || record.reason !== null)).toBe(true)
})

test('entries that share the same bytes are not unpacked twice', async () => {
  const { records } = await readAll(
    makeZip([
      { name: 'one', data: 'same' },
      { name: 'two', data: 'same', at: 0 },
      { name: 'three', data: 'same', at: 0 },
    ]),
  )
  expect(records.map(record => record.kind).sort()).toEqual(['file', 'quarantined', 'quarantined'])
})

test('an archive cut short cannot be read, and says so', async () => {
  const whole = makeZip([{ name: 'a.txt', data: 'hello' }])
  const { account, records } = await readAll(whole.subarray(0, whole.length - 10))
  expect(account.readable).toBe(false)
  expect(records.map(record => record.kind)).toEqual(['unknown'])
  expect(account.problems.map(problem => problem.code)).toEqual(['broken-archive'])
})

test('no damage to an archive makes the reader throw or lose count', async () => {
  const whole = makeZip([
    { name: 'WhatsApp Chat with Dee.txt', data: chat },
    { name: 'IMG-20240213-WA0001.jpg', data: gif },
  ])
  const change = fc.tuple(fc.integer({ min: 0, max: whole.length - 1 }), fc.integer({ min: 0, max: 255 }))
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async changes => {
      const bytes = Buffer.from(whole)
      for (const [at, value] of changes) bytes[at] = value
      const { account, records } = await readAll(bytes)
      expect(account.records + account.unknown + account.quarantined).toBe(records.length)
    }),
    { numRuns: 200 },
  )
})

test('an archive can never unpack to more than the bound, whatever its directory claims', () => {
  const claim = fc.record({ size: fc.nat(), compressedSize: fc.nat(1_000_000), from: fc.nat(1_000_000) })
  fc.assert(
    fc.property(fc.array(claim, { maxLength: 30 }), fc.nat(2 ** 32), (claims, totalSize) => {
      const entries = claims.map((made, index) => ({
        ...made,
        name: `n${index}`,
        method: 8,
        encrypted: false,
        mode: 0,
        to: made.from + made.compressedSize,
      }))
      const verdicts = judgeEntries(entries, { ...archiveBounds, totalSize })
      const opened = entries.filter((_, index) => verdicts[index]?.kind === 'open')
      expect(opened.reduce((sum, entry) => sum + entry.size, 0)).toBeLessThanOrEqual(totalSize)
    }),
  )
})

test('a name is only a name: what could lead anywhere is refused', () => {
  for (const name of ['', '..', 'a/../b', '/a', 'c:/x', 'a\\b', 'a\nb', 'x'.repeat(2000)])
    expect(findNameFault(name), name).not.toBeNull()
  for (const name of ['a.txt', 'folder/Ünï.jpg', 'a..b', '…']) expect(findNameFault(name), name).toBeNull()
})
