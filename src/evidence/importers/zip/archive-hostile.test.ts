import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeHostile } from '../../../../test/support/hostile-files.ts'
import { type Made, makeZip } from '../../../../test/support/made-zip.ts'
import { readBytes } from '../../../../test/support/read-bytes.ts'
import type { EvidenceRecord } from '../importer.ts'

const chatOf = (name: string) =>
  `25/08/2025, 09:10 - ${name}: hello\n26/08/2025, 09:10 - ${name}: <Media omitted>\n`
const gif = Buffer.from('R0lGODlhAQABAAAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64')
const brief = (records: readonly EvidenceRecord[]) =>
  records.map(({ kind, sender, text, reason, sha256, place }) => ({
    kind,
    sender,
    text,
    reason,
    sha256,
    place,
  }))

const mixed: readonly Made[] = [
  ...Array.from({ length: 20 }, (_, index) => ({
    name: `WhatsApp Chat with P${index}.txt`,
    data: chatOf(`P${index}`),
  })),
  { name: 'notes.txt', data: 'nothing of a chat' },
  { name: 'IMG-20250825-WA0001.jpg', data: gif },
  { name: 'mail/all.mbox', data: 'From a@example.org Mon Aug 25 10:00:00 2025\nFrom: a@example.org\n\nx\n' },
]

test('every chat of an archive is read, however many there are', async () => {
  const { records, dialect, account } = await readBytes(makeZip(mixed), 'all.zip', { ranges: true })
  expect(new Set(records.map(record => record.sender).filter(sender => sender !== null)).size).toBe(20)
  expect(dialect).toMatch(/^zip of 20 chats, /)
  expect(account.notRead.map(({ place }) => place.entry)).toEqual(['mail/all.mbox', 'notes.txt'])
})

test('the order of an archive changes nothing of what is read from it', async () => {
  const expected = await readBytes(makeZip(mixed), 'all.zip', { ranges: true })
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([...mixed], { minLength: mixed.length }), async shuffled => {
      const read = await readBytes(makeZip(shuffled), 'all.zip', { ranges: true })
      expect(read.dialect).toBe(expected.dialect)
      expect(brief(read.records)).toEqual(brief(expected.records))
      expect(read.account).toEqual(expected.account)
    }),
    { numRuns: 15 },
  )
})

test('an archive cut anywhere gives back every entry that is whole, and says that it is cut', async () => {
  const entries: readonly Made[] = [
    { name: 'WhatsApp Chat with A.txt', data: chatOf('A') },
    { name: 'WhatsApp Chat with B.txt', data: chatOf('B'), described: true },
    { name: 'WhatsApp Chat with C.txt', data: chatOf('C'), described: true, method: 0 },
    { name: 'a.gif', data: gif, method: 0 },
  ]
  const whole = makeZip(entries)
  const ends = entries.map((_, index) => {
    const upTo = makeZip(entries.slice(0, index + 1))
    return upTo.indexOf(Buffer.from('PK\x01\x02', 'latin1'))
  })
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 4, max: whole.length - 1 }), fc.boolean(), async (cut, ranges) => {
      const { records, account } = await readBytes(whole.subarray(0, cut), 'cut.zip', { ranges })
      const rescued = new Set(
        records.filter(record => record.kind !== 'unknown').map(record => record.place.entry),
      )
      for (const [index, end] of ends.entries()) {
        expect(rescued.has(String(entries[index]?.name)), `${entries[index]?.name} cut at ${cut}`).toBe(
          end <= cut,
        )
      }
      expect(account.problems.map(problem => problem.code)).toContain(
        rescued.size > 0 ? 'rescued' : 'broken-archive',
      )
      expect(account.readable).toBe(rescued.size > 0)
    }),
    { numRuns: 150 },
  )
})

test('what stands before or behind an archive never costs its content, and is named', async () => {
  const zip = makeZip([{ name: 'WhatsApp Chat with A.txt', data: chatOf('A') }], 'made by hand')
  const read = (bytes: Buffer) => readBytes(bytes, 'export.zip', { ranges: true })
  const one = await read(Buffer.concat([zip, Buffer.from('\n')]))
  expect(one.account.notes).toContain(
    '1 byte stands behind the end of the archive: 0A. It belongs to no entry.',
  )
  expect([one.account.records, one.account.unknown, one.account.problemCount]).toEqual([2, 0, 0])
  const hidden = await read(Buffer.concat([zip, randomBytes(200_000)]))
  expect([hidden.account.records, hidden.account.unknown]).toEqual([2, 1])
  expect(hidden.account.problems.map(problem => problem.code)).toEqual(['stray-bytes'])
  const place = hidden.records.find(record => record.kind === 'unknown')?.place
  expect([place?.from, place?.to]).toEqual([zip.length, zip.length + 200_000])
  const before = await read(Buffer.concat([Buffer.from('MZ this program unpacks itself\0\0\0'), zip]))
  expect([before.format, before.account.records, before.account.unknown]).toEqual(['whatsapp', 2, 1])
  expect(one.account.notes).toContain('The archive carries a comment: “made by hand”.')
})

test('a file hidden between the entries, or behind the content of one, is found', async () => {
  const between = makeZip([
    { name: 'a.gif', data: gif, followedBy: 'a letter that no directory names, long enough to be one' },
    { name: 'WhatsApp Chat with A.txt', data: chatOf('A') },
  ])
  const found = await readBytes(between, 'x.zip', { ranges: true })
  expect(found.account.problems.map(problem => problem.code)).toEqual(['stray-bytes'])
  const unlisted = makeZip([
    { name: 'secret.txt', data: chatOf('B'), unlisted: true },
    { name: 'WhatsApp Chat with A.txt', data: chatOf('A') },
  ])
  const listed = await readBytes(unlisted, 'x.zip', { ranges: true })
  expect(listed.account.problems.map(problem => problem.code)).toEqual(['stray-bytes'])
  expect(listed.account.unknown).toBe(1)
  const tail = await readBytes(
    makeZip([{ name: 'a.gif', data: gif, packedTail: 'a hidden letter' }]),
    'x.zip',
  )
  expect(tail.account.notRead.map(({ reason }) => reason)).toEqual([
    '15 bytes stand behind the end of its content.',
  ])
})

test('two entries of one name are both read, and it is said', async () => {
  const { records, account } = await readBytes(
    makeZip([
      { name: '_chat.txt', data: chatOf('A') },
      { name: '_chat.txt', data: chatOf('Bee') },
    ]),
    'x.zip',
    { ranges: true },
  )
  expect(new Set(records.map(record => record.sender))).toEqual(new Set(['A', 'Bee']))
  expect(account.problems.map(problem => problem.code)).toEqual(['same-name-twice'])
})

test('a name that is not UTF-8 is kept as bytes, shown as a guess, and costs nothing', async () => {
  const japanese = Buffer.from([0x95, 0x5c, 0x2e, 0x74, 0x78, 0x74])
  const dos = Buffer.from([0x47, 0x72, 0x81, 0xe1, 0x65, 0x2e, 0x74, 0x78, 0x74])
  for (const [raw, shown, how] of [
    [japanese, '表.txt', 'Shift-JIS'],
    [dos, 'Grüße.txt', 'code page 437'],
  ] as const) {
    const { records, account } = await readBytes(makeZip([{ name: raw, data: chatOf('A') }]), 'x.zip')
    expect(account.records).toBe(2)
    expect(records[0]?.place.entry).toBe(shown)
    expect(records[0]?.place.entryBytes?.replaceAll(' ', '').toLowerCase()).toBe(raw.toString('hex'))
    expect(account.notes.some(note => note.includes('not UTF-8') && note.includes(how))).toBe(true)
  }
})

test('an export zipped again is read like the export, once; deeper ones and bombs are set aside with the reason', async () => {
  const inner = makeZip([
    { name: '_chat.txt', data: '[25/08/25, 09:10:11] Nell: \u200e<attached: a.gif>\n' },
    { name: 'a.gif', data: gif },
  ])
  for (const method of [0, 8]) {
    const again = await readBytes(makeZip([{ name: 'export.zip', data: inner, method }]), 'again.zip')
    expect(again.records.map(record => [record.kind, record.place.entry])).toEqual([
      ['media', 'export.zip/_chat.txt'],
      ['image', 'export.zip/a.gif'],
    ])
    expect(again.records[0]?.attachments[0]?.entry).toBe('export.zip/a.gif')
  }
  const twice = await readBytes(
    makeZip([{ name: 'b.zip', data: makeZip([{ name: 'c.zip', data: inner }]) }]),
    'a.zip',
  )
  expect(twice.records.map(record => [record.kind, record.place.entry])).toEqual([
    ['quarantined', 'b.zip/c.zip'],
  ])
  const bomb = makeZip([{ name: 'zeros.txt', data: Buffer.alloc(20_000_000) }])
  const nested = await readBytes(makeZip([{ name: 'bomb.zip', data: bomb }]), 'a.zip', { ranges: true })
  expect(nested.records.map(record => [record.kind, record.reason])).toEqual([
    ['quarantined', 'The entry would unpack to more than 200 times its size.'],
  ])
})

test('a chat is found by its content: without an ending, in a folder, under another ending', async () => {
  for (const name of ['_chat', 'Chats/with Nell/messages', 'chat.log']) {
    const { account, records } = await readBytes(makeZip([{ name, data: chatOf('A') }]), 'x.zip')
    expect([account.records, records[0]?.place.entry]).toEqual([2, name])
  }
})

test('a file in another folder is linked by its name when only one is called that, and marked', async () => {
  const chat =
    '25/08/2025, 09:10 - Rob: IMG-20250825-WA0001.jpg (file attached)\n25/08/2025, 09:11 - Rob: \u200eIMG-20250825-WA0002.jpg (file attached)\n'
  const { records, account } = await readBytes(
    makeZip([
      { name: 'WhatsApp Chat with Rob.txt', data: chat },
      { name: 'Media/IMG-20250825-WA0001.jpg', data: gif },
      { name: 'one/IMG-20250825-WA0002.jpg', data: gif },
      { name: 'two/IMG-20250825-WA0002.jpg', data: gif },
    ]),
    'x.zip',
  )
  expect(records[0]?.attachments[0]?.entry).toBe('Media/IMG-20250825-WA0001.jpg')
  expect(records[0]?.marks).toContain('found-in-another-folder')
  expect(records[1]?.attachments[0]?.entry).toBeNull()
  expect(account.problems.map(problem => problem.code)).toEqual(['several-attachments'])
})

test('a long chat that lies unpacked in its archive is read from it, and nobody is asked', async () => {
  const chat = chatOf('A').repeat(500)
  for (const ranges of [true, false]) {
    const { format, account } = await readBytes(
      makeZip([{ name: '_chat.txt', data: chat, method: 0 }]),
      'x.zip',
      { ranges },
    )
    expect([format, account.records, account.questions]).toEqual(['whatsapp', 1000, []])
  }
})

test('a file that is a chat and an archive at once is neither until a person said which', async () => {
  const chat = chatOf('A').repeat(40)
  const both = Buffer.concat([
    Buffer.from(chat),
    makeZip([{ name: 'b.txt', data: chatOf('Bee'), method: 0 }]),
  ])
  const open = await readBytes(both, 'x.txt')
  expect(open.account.questions.map(question => question.id)).toEqual(['format'])
  expect([open.account.records, open.account.unknown]).toEqual([0, 1])
  const packed = await readBytes(makeZip([{ name: 'x.txt', data: both, method: 0 }]), 'y.zip')
  expect([packed.format, packed.account.unknown]).toEqual(['zip', 1])
  const asZip = await readBytes(both, 'x.txt', { answers: { format: 'zip' } })
  expect(asZip.records.some(record => record.sender === 'Bee')).toBe(true)
  const asChat = await readBytes(both, 'x.txt', { answers: { format: 'whatsapp' } })
  expect(asChat.records.some(record => record.sender === 'A')).toBe(true)
})

test('an archive within an archive cannot unpack to more than one archive may', async () => {
  const boundless: Made = { name: 'x', data: 'x', size: 4_000_000_000, sum: 0 }
  const inner = makeZip([{ ...boundless, name: 'y' }])
  const { records } = await readBytes(makeZip([{ name: 'i.zip', data: inner }, boundless]), 'a.zip')
  expect(records.map(record => record.kind)).toEqual(['quarantined', 'quarantined'])
})

test('S10 of a directory without end only so many lines are held, the same whatever their order, and the rest is said by number', async () => {
  const { records, account } = await readBytes(
    Buffer.concat([...makeHostile('directory', 45_000)]),
    'x.zip',
    {
      ranges: true,
    },
  )
  // Fifty messages, the other entries that are looked at, and a line for the rest.
  expect(records).toHaveLength(50 + 19_999 + 1)
  expect(account.problems.map(problem => problem.message)).toContain(
    '25,001 more entries were not looked at: at most 20,000 entries of an archive are, with those of archives inside it.',
  )
  expect(records.at(-1)).toMatchObject({ kind: 'quarantined', place: { from: 0 } })
  expect(account.records + account.unknown + account.quarantined).toBe(records.length)
})

test('S10 archives inside an archive cannot between them name more entries than one may', async () => {
  const { records } = await readBytes(Buffer.concat([...makeHostile('nested', 1500)]), 'x.zip', {
    ranges: true,
  })
  expect(records.length).toBeLessThan(20_000 + 20 + 1100)
})

test('no bytes behind the letters PK make the reader throw or lose count of what was not read', async () => {
  const pieces = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc
        .constantFrom('PK\x03\x04', 'PK\x01\x02', 'PK\x05\x06', 'PK\x07\x08', 'PK\x06\x06')
        .map(text => Buffer.from(text, 'latin1')),
      fc.constant(makeZip([{ name: 'a.txt', data: chatOf('A'), described: true }])),
      fc.constant(makeZip([{ name: 'a.txt', data: chatOf('A') }]).subarray(0, 90)),
    ),
    { maxLength: 12 },
  )
  await fc.assert(
    fc.asyncProperty(pieces, fc.boolean(), async (parts, ranges) => {
      const bytes = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), ...parts])
      const { records, account } = await readBytes(bytes, 'x.zip', { ranges })
      expect(account.bytes).toBe(bytes.length)
      expect(account.records + account.unknown + account.quarantined).toBe(records.length)
      expect(account.notRead.length).toBe(Math.min(200, account.unknown + account.quarantined))
    }),
    { numRuns: 300 },
  )
})
