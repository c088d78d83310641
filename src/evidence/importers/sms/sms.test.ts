import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { anyText } from '../../../../test/support/any-text.ts'
import { type MadeRecord, type MadeText, makeSmsBackup } from '../../../../test/support/made-sms.ts'
import { makeZip } from '../../../../test/support/made-zip.ts'
import { type ReadBytes, readBytes } from '../../../../test/support/read-bytes.ts'
import { readOwnDetails } from '../../giveaways/own-details.ts'
import { watchForGiveaways } from '../../giveaways/watch-records.ts'
import type { EvidenceRecord } from '../importer.ts'
import { type BackupPiece, cutPieces } from './cut-pieces.ts'
import { cutTokens } from './cut-tokens.ts'
import { smsBackup } from './sms.ts'

const folder = fileURLToPath(new URL('./fixtures/', import.meta.url))
const him = '+447700900461'
const at = Date.UTC(2026, 2, 1, 8, 0, 0)
const text = (body: string, more: Partial<MadeText> = {}): MadeText => ({
  tag: 'sms',
  address: him,
  date: at,
  box: 1,
  body,
  ...more,
})
const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const picture = (data: string, more: Partial<Extract<MadeRecord, { tag: 'mms' }>> = {}): MadeRecord => ({
  tag: 'mms',
  address: him,
  date: at,
  box: 1,
  parts: [
    { type: 'application/smil', name: 'smil.xml', text: '<smil><body/></smil>' },
    { type: 'text/plain', name: 'text.txt', text: 'look out' },
    { type: 'image/png', name: 'gate.png', data },
  ],
  addresses: [
    [him, 137],
    ['+447700900100', 151],
  ],
  ...more,
})
const sent = (address: string, numbers: readonly string[]): MadeRecord => ({
  tag: 'mms',
  address,
  date: at,
  box: 2,
  parts: [{ type: 'text/plain', name: 'text.txt', text: 'I have changed the locks' }],
  addresses: numbers.map(number => [number, 137]),
})
const call = (type: number, seconds: number, more: object = {}): MadeRecord => ({
  tag: 'call',
  number: him,
  date: at,
  type,
  seconds,
  ...more,
})

/** Samples of invented people, made by code; what each must give stands beside it in a file. */
const samples: Readonly<Record<string, string | Buffer>> = {
  'one-number-four-forms': makeSmsBackup([
    text('I know you are up', { name: 'Col' }),
    text('Do not contact me again', { address: '07700900461', box: 2, date: at + 40_000, name: 'Col' }),
    text('or what', { address: '00447700900461', date: at + 60_000 }),
    text('OR WHAT', { address: '+44 7700 900461', date: at + 120_000 }),
    text('Your parcel is here', { address: 'Acme Post', date: at + 180_000 }),
    text('Code 004217', { address: '60777', date: at + 240_999 }),
  ]),
  'halves-of-characters': makeSmsBackup(
    [text('I see you 😆', { name: 'Rob 🙂' }), text('x & <y> "z"\nnew line')],
    { halves: true, lead: '<!--File Created By SMS Backup & Restore v10.20-->\n' },
  ).replace('&#10;', '\n'),
  boxes: makeSmsBackup([
    text('draft', { box: 3 }),
    text('waiting', { box: 4 }),
    text('failed', { box: 5 }),
    text('queued', { box: 6 }),
    text('', { box: 1 }),
    text('no box', { box: 0 }),
    text('null', { date: 0 }),
    text('old', { date: 86_400_000 }),
  ]),
  'picture-messages': makeSmsBackup([
    picture(pixel),
    picture('not-base64!!'),
    picture(pixel.slice(0, 41)),
    sent(`${him}~+447700900888`, [him, '+447700900888', 'insert-address-token']),
    picture(pixel, {
      address: `${him}~+447700900888`,
      addresses: [
        [him, 137],
        ['+447700900888', 137],
      ],
    }),
  ]),
  calls: makeSmsBackup(
    [
      call(1, 125),
      call(2, 1),
      call(3, 0),
      call(4, 12),
      call(5, 0, { number: '', presentation: 2 }),
      call(6, 0),
      call(9, 3),
    ],
    { list: 'calls' },
  ),
  'wrong-count-and-cut': makeSmsBackup([text('one'), text('two'), text('three')], { count: 9 }).slice(0, -60),
  clocks: makeSmsBackup([
    text('winter', { readable: '1 Mar 2026 08:00:00' }),
    text('summer', { date: Date.UTC(2026, 6, 1, 23, 30, 5), readable: 'Jul 2, 2026 12:30:05 AM' }),
    text('no clock', { readable: 'as the phone shows it' }),
    text('another clock', { readable: '1 Mar 2026 08:00:07' }),
  ]),
  'sixteen-bits': Buffer.from(`\ufeff${makeSmsBackup([text('I see you 😆'), picture(pixel)])}`, 'utf16le'),
  'no-records': makeSmsBackup([]),
  'what-is-not-in-the-format': `${makeSmsBackup([text('a')], { isClosed: false })}somebody typed here\n<note>and here</note>\n${makeSmsBackup(
    [text('b')],
  )
    .split('\n')
    .slice(1)
    .join('\n')}`,
}

const brief = ({ dialect, records, account }: ReadBytes) => ({
  dialect,
  records: records.map(record => ({
    lines: `${record.place.firstLine}-${record.place.lastLine}`,
    kind: record.kind,
    direction: record.direction,
    sentAt: record.sentAt,
    ...(record.sentLocal === null ? {} : { clock: `${record.sentLocal} ${record.zone}` }),
    sender: record.sender,
    ...(record.parties ? { parties: record.parties } : {}),
    text: record.text,
    ...(record.attachments.length > 0
      ? {
          files: record.attachments.map(({ name, inside }) => [
            name,
            inside?.kind,
            inside?.size,
            inside?.position,
          ]),
        }
      : {}),
    ...(record.marks.length > 0 ? { marks: record.marks } : {}),
    ...(record.reason === null ? {} : { reason: record.reason }),
  })),
  notes: account.notes,
  problems: account.problems.map(problem => problem.message),
})

/** Every byte is in exactly one record, in order, and the account counts them all. */
function expectTiled({ records, account }: ReadBytes, size: number): void {
  let from = 0
  for (const { place } of records) {
    expect(place.from).toBe(from)
    expect(place.to).toBeGreaterThan(from)
    from = place.to
  }
  expect(from).toBe(size)
  expect(account.records + account.unknown + account.quarantined).toBe(records.length)
}

const wordsOf = (records: readonly EvidenceRecord[]) =>
  records.filter(({ kind }) => kind === 'message').map(record => record.text)

test.each(Object.keys(samples))('%s is read as the file beside it says', async name => {
  const bytes = Buffer.from(samples[name] ?? '')
  const read = await readBytes(bytes, 'notes.bin')
  expect(read.format).toBe('sms-backup-restore')
  expectTiled(read, bytes.length)
  const path = `${folder}${name}.expected.json`
  if (process.env['WRITE_EXPECTED']) writeFileSync(path, `${JSON.stringify(brief(read), null, 2)}\n`)
  expect(brief(read)).toEqual(JSON.parse(readFileSync(path, 'utf8')))
})

test('a file cut at any tenth keeps every message that is whole, and says that the rest is missing', async () => {
  const bodies = Array.from({ length: 12 }, (_, index) => `message ${index} 😆`)
  const whole = Buffer.from(makeSmsBackup([...bodies.map(body => text(body)), picture(pixel)]))
  for (let tenth = 1; tenth < 10; tenth += 1) {
    const bytes = whole.subarray(0, Math.floor((whole.length * tenth) / 10))
    const read = await readBytes(bytes, 'sms.xml')
    expectTiled(read, bytes.length)
    const there = bodies.filter(
      body => bytes.includes(`body="${body}" `) && bytes.indexOf('/>', bytes.indexOf(body)) > 0,
    )
    expect(wordsOf(read.records)).toEqual(there)
    expect(read.account.problems.map(({ code }) => code)).toContain('fewer-than-counted')
    expect(read.account.problems.map(({ code }) => code)).toContain('cut-short')
  }
})

test('one damaged message costs no other, wherever the damage is', async () => {
  const middle = makeSmsBackup([text('one'), text('two'), text('three')])
  for (const [was, is] of [
    ['body="two"', 'body="two'],
    ['body="two"', 'body=two"'],
    [
      '<sms protocol="0" address="+447700900461" date="1772352000000" type="1" subject="null" body="two"',
      '<sms protocol="0" body="two',
    ],
    [
      '(Unknown)" />\n  <sms protocol="0" address="+447700900461" date="1772352000000" type="1" subject="null" body="three"',
      '(Unknown)\n  <sms protocol="0" address="+447700900461" date="1772352000000" type="1" subject="null" body="three"',
    ],
  ] as const) {
    const bytes = Buffer.from(middle.replace(was, is))
    const read = await readBytes(bytes, 'sms.xml')
    expectTiled(read, bytes.length)
    expect(wordsOf(read.records).filter(words => words !== 'two')).toEqual(['one', 'three'])
    expect(read.account.quarantined).toBe(1)
    expect(read.records.find(({ kind }) => kind === 'quarantined')?.text).toContain('two')
  }
  const cut = makeSmsBackup([text('one'), picture(pixel), text('three')]).replace('  </mms>\n', '')
  const { records, account } = await readBytes(cut, 'sms.xml')
  expect([wordsOf(records), account.quarantined]).toEqual([['one', 'three'], 1])
})

test('two messages that each lost a quote do not become one that holds all between them', async () => {
  const five = ['one', 'two', 'three', 'four', 'five'].map(body => text(body))
  const damaged = makeSmsBackup(five).replace('body="two"', 'body="two').replace('body="four"', 'body="four')
  const { records, account } = await readBytes(damaged, 'sms.xml')
  expect([wordsOf(records), account.quarantined]).toEqual([['one', 'three', 'five'], 2])
})

test('a comment without an end hides nothing, and what stands in one is said', async () => {
  const open = makeSmsBackup([text('one'), text('two')]).replace('  <sms', '<!-- <sms')
  expect(wordsOf((await readBytes(open, 'sms.xml')).records)).toEqual(['one', 'two'])
  const { account, records } = await readBytes(
    makeSmsBackup([text('one')], { lead: '<!-- he is &#55357;&#56838; here -->' }),
    'sms.xml',
  )
  expect(account.notes.join()).toContain('he is 😆 here')
  expect(records[0]?.raw).toContain('he is')
})

test('what is longer than anything may be is set apart without being held, and what follows is read', async () => {
  for (const long of [
    picture('A'.repeat(50_000)),
    picture('', {
      parts: Array.from({ length: 200 }, () => ({ type: 'text/plain', name: 'a', text: 'x'.repeat(100) })),
    }),
  ]) {
    const backup = makeSmsBackup([text('one'), long, text('three')])
    const cutter = cutTokens(1, 10_000)
    const pieces = cutPieces(10_000)
    const found: BackupPiece[] = []
    for (let from = 0; from < backup.length; from += 700)
      found.push(...pieces.take(cutter.push(backup.slice(from, from + 700))))
    found.push(...pieces.take(cutter.end()))
    expect(found.map(({ kind }) => kind)).toEqual(['whole', 'overlong', 'whole'])
    const held = found.flatMap(({ tokens }) => tokens).reduce((sum, token) => sum + token.text.length, 0)
    expect(held).toBeLessThan(12_000)
    const ends = found.flatMap(({ lead, tokens }) => [...lead, ...tokens])
    expect(ends.slice(1).map(({ from }) => from)).toEqual(ends.slice(0, -1).map(({ to }) => to))
  }
  const { account } = await readBytes(makeSmsBackup([text('x'.repeat(1_100_000)), text('y')]), 'sms.xml')
  expect([account.quarantined, account.records]).toEqual([1, 1])
})

test('the position in a picture inside a message is found, and a file nobody looked into is said', async () => {
  const gps = {
    IFD3: {
      GPSLatitudeRef: 'N',
      GPSLatitude: '51/1 11/1 42/1',
      GPSLongitudeRef: 'E',
      GPSLongitude: '0/1 16/1 0/1',
    },
  }
  const photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#345' } })
    .withExif(gps)
    .jpeg()
    .toBuffer()
  const look = async (backup: string) => {
    const watch = watchForGiveaways(readOwnDetails(['07700 900100'], []))
    for (const record of (await readBytes(backup, 'sms.xml')).records) watch.see(record)
    return watch.close()
  }
  const found = await look(makeSmsBackup([picture(photo.toString('base64'))]))
  expect(found.found.map(({ kind }) => kind)).toEqual(['position', 'own-number'])
  expect([found.pictures, found.notLookedCount]).toEqual([1, 0])
  const clip = { type: 'video/mp4', name: 'a.mp4', data: Buffer.from('ftypmp42 no film').toString('base64') }
  expect((await look(makeSmsBackup([picture('', { parts: [clip] })]))).notLookedCount).toBe(1)
  expect((await look(makeSmsBackup([picture('%%%')]))).notLookedCount).toBe(1)
})

test('a picture in a message is the bytes that were sent, and its text stays in the original', async () => {
  const data = Buffer.alloc(3000, 7).toString('base64')
  const backup = makeSmsBackup([picture(data)])
  const [record] = (await readBytes(backup, 'sms.xml')).records
  const inside = record?.attachments[0]?.inside
  expect(Buffer.from(backup).subarray(inside?.from, inside?.to).toString()).toBe(data)
  expect(inside?.size).toBe(3000)
  expect(record?.raw).toContain('[4,000 characters of a file, in the original]')
  expect(record?.raw.length).toBeLessThan(2000)
})

test('it is recognised by its form: whatever it is called, inside an archive, and nothing else that is XML', async () => {
  const backup = makeSmsBackup([text('one'), picture(pixel)])
  const packed = await readBytes(makeZip([{ name: 'phone/sms-1.xml', data: backup }]), 'phone.zip')
  expect(packed.format).toBe('sms-backup-restore')
  expect(packed.records.map(({ kind, place }) => [kind, place.entry])).toEqual([
    ['message', 'phone/sms-1.xml'],
    ['media', 'phone/sms-1.xml'],
  ])
  expect(packed.account.problemCount).toBe(0)
  for (const other of [
    '<calls><visit who="x"/></calls>',
    '<html><sms date="1" address="2"></html>',
    'text <smses>',
    '<plist/>',
    '<!-- <smses> -->',
  ])
    expect(smsBackup.identify(Buffer.from(other), 'sms.xml', []).kind, other).toBe('not mine')
})

test('with the zone a person named, times stand by its clock and keep their moment', async () => {
  const backup = makeSmsBackup([text('summer', { date: Date.UTC(2026, 6, 1, 23, 30, 5, 250) })])
  const { records, account } = await readBytes(backup, 'sms.xml', { answers: { zone: 'Europe/London' } })
  expect(records.map(({ sentAt, sentLocal, zoneHow }) => [sentAt, sentLocal, zoneHow])).toEqual([
    ['2026-07-01T23:30:05.250Z', '2026-07-02T00:30:05', 'asked'],
  ])
  expect(account.questions).toEqual([])
})

const number = fc.constantFrom(him, '07700900461', '0044 7700 900461', '60777', 'Acme Post', `${him}~60777`)
// No reference stands for character 0, and a line break of two is one of the two that XML has.
const body = anyText({ maxLength: 40 }).map(each => each.replace(/[\r\0]/g, ''))
const madeText = fc.record({
  tag: fc.constant('sms' as const),
  address: number,
  date: fc.integer({ min: 1, max: 4_102_444_800_000 }),
  box: fc.integer({ min: 1, max: 6 }),
  body,
})

test('whatever a phone held is read again as it was, in every style of writing it', async () => {
  const style = fc.record({ halves: fc.boolean(), quote: fc.constantFrom('"' as const, "'" as const) })
  await fc.assert(
    fc.asyncProperty(fc.array(madeText, { minLength: 1, maxLength: 6 }), style, async (world, how) => {
      const backup = Buffer.from(makeSmsBackup(world, how))
      const read = await readBytes(backup, 'x')
      expectTiled(read, backup.length)
      expect(read.account.unknown + read.account.quarantined).toBe(0)
      expect(
        read.records.map(record => [record.text, Date.parse(record.sentAt ?? ''), record.direction]),
      ).toEqual(world.map(({ body: words, date, box }) => [words, date, box === 1 ? 'in' : 'out']))
      expect(read.records.map(({ sender, parties }) => sender ?? parties?.to.join('~'))).toEqual(
        world.map(({ address, box }) => (box === 1 ? address.split('~')[0] : address)),
      )
    }),
    { numRuns: 60 },
  )
})

test('no damage makes it throw, and nothing vanishes', async () => {
  const corpus = Object.values(samples).map(sample => Buffer.from(sample))
  const pieces = fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '<!--',
    '-->',
    '<sms ',
    '</mms>',
    '<mms>',
    '</smses>',
    '&#55357;',
    '\0',
    'data="',
    '<part ',
    ']]>',
    '<?',
  )
  const change = fc.tuple(fc.nat(), fc.oneof(pieces, fc.string({ maxLength: 3 })), fc.nat(40))
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...corpus),
      fc.array(change, { minLength: 1, maxLength: 5 }),
      fc.nat(),
      async (sample, changes, cut) => {
        let bytes: Buffer = sample
        for (const [where, what, gone] of changes) {
          const place = where % (bytes.length + 1)
          bytes = Buffer.concat([bytes.subarray(0, place), Buffer.from(what), bytes.subarray(place + gone)])
        }
        const end = cut % 3 === 0 ? cut % (bytes.length + 1) : bytes.length
        const given = bytes.subarray(0, end)
        const source = {
          name: 'x',
          size: given.length,
          async *open() {
            for (let from = 0; from < given.length; from += 37) yield given.subarray(from, from + 37)
          },
        }
        const records: EvidenceRecord[] = []
        let account: ReadBytes['account'] | null = null
        for await (const step of smsBackup.read(source, {})) {
          if (step.step === 'records') records.push(...step.records)
          if (step.step === 'account') account = step.account
        }
        if (!account) throw new Error('no closing account')
        expectTiled({ format: '', dialect: '', records, account }, given.length)
      },
    ),
    { numRuns: 250 },
  )
})

test('texts made to be slow to read cost no more than their length', async () => {
  for (const filler of [
    '<',
    '<!--',
    '<sms ',
    '<sms a="',
    '&#',
    '"',
    ' a=',
    '<![CDATA[',
    '<!DOCTYPE [',
    '<a ',
  ]) {
    const backup = `<smses count="1">${filler.repeat(Math.ceil(300_000 / filler.length))}`
    const started = performance.now()
    const read = await readBytes(backup, 'x')
    expectTiled(read, backup.length)
    expect(performance.now() - started, filler).toBeLessThan(5000)
  }
})
