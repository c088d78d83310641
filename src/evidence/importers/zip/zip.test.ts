import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Made, makeZip } from '../../../../test/support/made-zip.ts'
import { readBytes } from '../../../../test/support/read-bytes.ts'
import { archiveBounds, findNameFault, judgeEntries } from '../../archive.ts'

const readAll = (bytes: Uint8Array, name = 'export.zip', ranges = false) => readBytes(bytes, name, { ranges })

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

test('an archive that nobody understands is kept and not read, entry by entry, each with its digest', async () => {
  const { format, records, account } = await readAll(
    makeZip([
      { name: 'a/b.pdf', data: '%PDF-1.7 x' },
      { name: 'c.bin', method: 0, data: 'zz' },
    ]),
  )
  expect(format).toBe('zip')
  expect([account.records, account.unknown]).toEqual([0, 2])
  expect(account.notRead.map(({ place, reason }) => [place.entry, reason])).toEqual(
    records.map(record => [record.place.entry, record.reason]),
  )
  expect(records.map(record => [record.kind, record.place.entry, record.reason])).toEqual([
    [
      'unknown',
      'a/b.pdf',
      'By its content this is a PDF document, not read yet. It is damaged and ends early: the file stops before the end of the document.',
    ],
    ['unknown', 'c.bin', 'By its content this is plain text, not read yet.'],
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
    { name: 'link', data: '/etc/passwd', mode: 0o120777 },
    { name: 'device', data: '', mode: 0o020666 },
    { name: 'locked', data: 'x', flags: 1 },
    { name: 'strange', data: 'x', method: 12 },
    { name: 'lies about size', data: 'xxxx', size: 3 },
    { name: 'lies about sum', data: 'xxxx', sum: 1 },
    { name: 'bomb', data: Buffer.alloc(20_000_000) },
    { name: 'last.txt', data: 'last' },
  ]
  const { records, account } = await readAll(makeZip(hostile))
  expect(records.length).toBe(hostile.length)
  expect(records.filter(record => record.kind === 'unknown').map(record => record.place.entry)).toEqual([
    'good.txt',
    'last.txt',
  ])
  expect(account.quarantined).toBe(hostile.length - 2)
  expect(records.every(record => record.reason !== null)).toBe(true)
  expect(account.problems.filter(problem => problem.code === 'quarantined').length).toBe(hostile.length - 2)
})

test('entries that share the same bytes are not unpacked twice', async () => {
  const { records } = await readAll(
    makeZip([
      { name: 'one', data: 'same' },
      { name: 'two', data: 'same', at: 0 },
      { name: 'three', data: 'same', at: 0 },
    ]),
  )
  expect(records.map(record => record.kind).sort()).toEqual(['quarantined', 'quarantined', 'unknown'])
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
