import fc from 'fast-check'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { anyText } from '../../../test/support/any-text.ts'
import { makeZip } from '../../../test/support/made-zip.ts'
import { readBytes } from '../../../test/support/read-bytes.ts'
import { blankRecord } from '../importers/blank-record.ts'
import { makeCopy } from '../working-copy.ts'
import { findInPicture } from './find-in-picture.ts'
import { findInText } from './find-in-text.ts'
import { needsChoice } from './giveaway.ts'
import { noOwnDetails, readOwnDetails, withholdOwnDetails, writeOwnDetails } from './own-details.ts'
import { watchForGiveaways } from './watch-records.ts'

const own = readOwnDetails(
  ['07700 900123 (safe to use)', 'lena.fiction@mail.example (not safe: do not use)', 'TN9 1AA'],
  ['Signal, name blue kettle'],
)
const kinds = (text: string) => [...findInText(text, own).keys()].sort()

test('the client’s own number, mail and postcode are found however they are written', () => {
  for (const text of [
    '07700900123',
    'ring +44 7700 900 123 now',
    '0044 (0)7700-900123',
    '٠٧٧٠٠ ٩٠٠١٢٣',
    '07700\u200b900123',
    '０７７００９００１２３',
    'x07700.900.123y',
  ])
    expect(kinds(text), text).toEqual(['own-number'])
  expect(kinds('Lena.Fiction@MAIL.example')).toEqual(['own-mail'])
  for (const text of ['TN9 1AA', 'tn91aa', 'T\u2060N9\u00a01AA', 'ＴＮ９ １ＡＡ'])
    expect(kinds(text), text).toEqual(['own-postcode'])
  expect(kinds('she is on signal,  name BLUE kettle')).toEqual(['own-other-way'])
})

test('a short number and a short name that the client can be reached by are found as well, and shorter words are not', () => {
  const short = readOwnDetails(['0169 77 3456', '0123 4567'], ['@rhea', 'Zoë'])
  const found = (text: string) => [...findInText(text, short).keys()].sort()
  expect(found('ring 016977 3456')).toEqual(['own-number'])
  expect(found('ring +44 16977 3456')).toEqual(['own-number'])
  expect(found('ring 01234567 now')).toEqual(['own-number'])
  expect(found('write to @RHEA there')).toEqual(['own-other-way'])
  // Three letters would be met in every other text.
  expect(found('zoë was here')).toEqual([])
})

test('what looks like a place is found, and ordinary talk is not', () => {
  expect(kinds('come to 14a Acacia Avenue')).toEqual(['street'])
  expect(kinds('ME14 1XX')).toEqual(['postcode'])
  for (const text of [
    'https://maps.google.com/?q=51.195012,0.273456',
    '51.195012, 0.273456',
    'geo:51.19,0.27',
    'https://maps.app.goo.gl/abc',
    '///index.home.raft',
    '51° 11′ 42″ N',
  ])
    expect(kinds(text), text).toEqual(['map-link'])
  for (const text of [
    'I know where you are',
    'see you at 10 30',
    'it costs 1200.50',
    '2026-03-02 10:00',
    '+44 7700 900999',
  ])
    expect(kinds(text), text).toEqual([])
})

test('numbers are found in any text around them, and no text takes long or throws', () => {
  const separators = fc.constantFrom('', ' ', '-', '.', ' (', ') ', '\u200b')
  const around = fc.string({ unit: fc.constantFrom('a', ' ', '\n', ':', 'é') })
  fc.assert(
    fc.property(
      around,
      around,
      fc.array(separators, { minLength: 9, maxLength: 9 }),
      (before, after, gaps) => {
        const written = [...'7700900123'].map((digit, index) => digit + (gaps[index] ?? '')).join('')
        expect(findInText(`${before} 0${written} ${after}`, own).get('own-number')).toBe(1)
      },
    ),
  )
  fc.assert(fc.property(anyText({ maxLength: 2000 }), text => void findInText(text, own)))
  for (const filler of ['1 ', '1a ', 'a ', '1.1111', '+', '(1)', 'TN9 ', '@a.', '1 a '])
    expect(findInText(filler.repeat(20_000), own).get('own-number')).toBeUndefined()
})

test('details that changed are another look, whatever order they stand in', () => {
  const one = readOwnDetails(['07700 900123', '07700 900124'], [])
  const same = readOwnDetails(['+447700900124', '07700900123'], [])
  expect(writeOwnDetails(one)).toBe(writeOwnDetails(same))
  expect(writeOwnDetails(one)).not.toBe(writeOwnDetails(readOwnDetails(['07700 900123'], [])))
})

test('our own words go out without the client’s details, and all other words as they are', () => {
  const said =
    'He rang ０７７００ 900\u200b123 at TN9 1AA, not +44 7700 900999; wrote to lena.fiction@mail.example'
  const { text, count } = withholdOwnDetails(said, own)
  expect(count).toBe(3)
  expect(findInText(text, own).size).toBe(0)
  expect(text).toContain('+44 7700 900999')
  const other = 'He rang twice;\u200b ﬁrst at ten.'
  expect(withholdOwnDetails(other, own)).toEqual({ text: other, count: 0 })
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom(
          '07700 900123',
          'TN91AA',
          'lena.fiction@mail.example',
          'Signal, name Blue  Kettle',
          ' ',
          'a',
          '\n',
          '1',
        ),
      ),
      parts => {
        const withheld = withholdOwnDetails(parts.join(''), own)
        const left = findInText(withheld.text, own)
        for (const kind of ['own-number', 'own-mail', 'own-postcode', 'own-other-way'] as const)
          expect(left.get(kind)).toBeUndefined()
      },
    ),
  )
})

const gps = {
  IFD3: {
    GPSLatitudeRef: 'N',
    GPSLatitude: '51/1 11/1 42/1',
    GPSLongitudeRef: 'E',
    GPSLongitude: '0/1 16/1 0/1',
  },
}
const xmp =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="51,11.7N"/></rdf:RDF></x:xmpmeta>'
const plainPicture = () => sharp({ create: { width: 64, height: 48, channels: 3, background: '#345' } })
const forms = ['jpeg', 'png', 'webp'] as const

test('a position is found in every form of picture, as camera data or as XMP', async () => {
  for (const form of forms) {
    const bare = await plainPicture().toFormat(form).toBuffer()
    expect(await findInPicture(form, bare, true), form).toMatchObject({ position: 'not-found', notKnown: [] })
    const written = await plainPicture().withExif(gps).toFormat(form).toBuffer()
    expect((await findInPicture(form, written, true)).position, form).toBe('written')
    const beside = await plainPicture().withXmp(xmp).toFormat(form).toBuffer()
    expect((await findInPicture(form, beside, true)).position, form).toBe('written')
  }
})

test('a clock of the satellites alone is no position', async () => {
  const bytes = await plainPicture()
    .withExif({ IFD3: { GPSDateStamp: '2024:02:11', GPSTimeStamp: '7/1 58/1 3/1' } })
    .jpeg()
    .toBuffer()
  expect((await findInPicture('jpeg', bytes, true)).position).toBe('not-found')
})

test('a picture of which not all is understood is not known, and never said to hold no position', async () => {
  const bytes = await plainPicture().jpeg().toBuffer()
  const png = await plainPicture().png().toBuffer()
  const block = Buffer.concat([Buffer.from([0xff, 0xe5, 0, 10]), Buffer.from('maker\0xy')])
  const cases: readonly (readonly [string, string, Uint8Array, boolean])[] = [
    ['bytes behind the end', 'jpeg', Buffer.concat([bytes, Buffer.from('more')]), true],
    ['a second picture behind the end', 'png', Buffer.concat([png, bytes]), true],
    ['cut short', 'jpeg', bytes.subarray(0, bytes.length - 20), true],
    ['cut short', 'png', png.subarray(0, png.length - 4), true],
    ['a maker’s own block', 'jpeg', Buffer.concat([bytes.subarray(0, 2), block, bytes.subarray(2)]), true],
    ['only its beginning was read', 'jpeg', bytes, false],
    ['a form nobody takes apart', 'heic', Buffer.from('....ftypheic....'), true],
  ]
  for (const [why, form, given, isWhole] of cases) {
    const found = await findInPicture(form, given, isWhole)
    expect([why, found.position]).toEqual([why, 'not-known'])
    expect(found.notKnown.length, why).toBeGreaterThan(0)
  }
})

test('damaged camera data are not known, or show the position; a changed byte never says that none is there', async () => {
  const whole = await plainPicture().withExif(gps).jpeg().toBuffer()
  const at = whole.indexOf('Exif\0\0') + 6
  // The header, the directory and its pointer to the position: what makes it readable at all.
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 7 }),
      fc.integer({ min: 1, max: 255 }),
      async (offset, change) => {
        const bytes = Buffer.from(whole)
        bytes[at + offset] = (bytes[at + offset] ?? 0) ^ change
        expect((await findInPicture('jpeg', bytes, true)).position).not.toBe('not-found')
      },
    ),
    { numRuns: 150 },
  )
})

test('no damage makes the look throw', async () => {
  for (const form of [...forms, 'gif'] as const) {
    const whole = await plainPicture().withExif(gps).toFormat(form).toBuffer()
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255))
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 8 }), fc.nat(whole.length), async (changes, length) => {
        const bytes = Buffer.from(whole)
        for (const [at, value] of changes) bytes[at] = value
        await findInPicture(form, bytes.subarray(0, length), true)
      }),
      { numRuns: 60 },
    )
  }
})

test('a working copy has the pixels and nothing beside them', async () => {
  for (const form of [...forms, 'gif'] as const) {
    const whole = await plainPicture()
      .withExif({ ...gps, IFD0: { Make: 'Maker', ImageDescription: 'home, TN9 1AA' } })
      .withXmp(xmp)
      .toFormat(form)
      .toBuffer()
    const copy = await makeCopy(whole, `image/${form}`)
    if (typeof copy === 'string') throw new Error(`${form}: ${copy}`)
    const text = Buffer.from(copy.bytes).toString('latin1')
    for (const word of ['Exif', 'GPS', 'TN9', 'Maker', 'xmp', 'ICC_PROFILE'])
      expect(text, form).not.toContain(word)
    const { width, height, exif, xmp: left, icc } = await sharp(copy.bytes).metadata()
    expect([width, height, exif, left, icc]).toEqual([64, 48, undefined, undefined, undefined])
  }
})

test('what hides behind the end of a picture does not come into its copy', async () => {
  const behind = Buffer.concat([await plainPicture().jpeg().toBuffer(), Buffer.from('GPS of her home')])
  const copy = await makeCopy(behind, 'image/jpeg')
  if (typeof copy === 'string') throw new Error(copy)
  expect(Buffer.from(copy.bytes).includes('her home')).toBe(false)
})

test('a picture lying on its side is turned before what says so is gone', async () => {
  const bytes = await plainPicture().withMetadata({ orientation: 6 }).jpeg().toBuffer()
  const copy = await makeCopy(bytes, 'image/jpeg')
  if (typeof copy === 'string') throw new Error(copy)
  const { width, height } = await sharp(copy.bytes).metadata()
  expect([width, height]).toEqual([48, 64])
})

test('of what cannot be decoded no copy is made', async () => {
  expect(await makeCopy(Buffer.from('no picture'), 'image/jpeg')).toBe('cannot-be-decoded')
  expect(await makeCopy(Buffer.from('%PDF'), 'application/pdf')).toBe('not-a-picture')
  const bomb = await plainPicture().png().toBuffer()
  bomb.writeUInt32BE(2 ** 31 - 1, 16)
  expect(await makeCopy(bomb, 'image/png')).toBe('cannot-be-decoded')
})

test('an item that nobody looked through asks for a choice, and so does every stretch that was not understood', () => {
  expect(needsChoice(null)).toBe(true)
  const place = { from: 0, to: 10, firstLine: 1, lastLine: 1, entry: null }
  const clean = watchForGiveaways(noOwnDetails)
  clean.see(blankRecord('message', place, 'hello'))
  expect(needsChoice(clean.close())).toBe(false)
  for (const kind of ['file', 'unknown', 'quarantined', 'image'] as const) {
    const watch = watchForGiveaways(noOwnDetails)
    watch.see(blankRecord(kind, place))
    expect(needsChoice(watch.close()), kind).toBe(true)
  }
  const found = watchForGiveaways(own)
  for (let line = 0; line < 50; line += 1) found.see(blankRecord('message', place, 'ring 07700 900123'))
  const look = found.close()
  expect(look.found).toMatchObject([{ kind: 'own-number', count: 50 }])
  expect(look.found[0]?.places.length).toBe(20)
})

async function lookInto(bytes: Uint8Array, name: string) {
  const watch = watchForGiveaways(own)
  const { records, account } = await readBytes(bytes, name, { ranges: true })
  for (const record of records) watch.see(record)
  watch.seeAccount(account)
  return watch.close()
}

test('nothing hides in an archive: what is in it, beside it, behind it or in its names is found or not known', async () => {
  const photo = await plainPicture().withExif(gps).jpeg().toBuffer()
  const chat =
    '02/03/2026, 22:14 - Kay Made-up: where are you\n02/03/2026, 22:15 - Kay Made-up: 07700 900123\n'
  const plainChat = chat.replace('07700 900123', 'answer me')
  const clean = makeZip([{ name: 'WhatsApp Chat with Kay.txt', data: plainChat }])
  expect(needsChoice(await lookInto(clean, 'chat.zip'))).toBe(false)
  const hidden: readonly (readonly [string, Uint8Array])[] = [
    ['a photo', makeZip([{ name: 'a.jpg', data: photo }])],
    [
      'a photo in an archive inside',
      makeZip([{ name: 'b.zip', data: makeZip([{ name: 'a.jpg', data: photo }]) }]),
    ],
    ['a message', makeZip([{ name: 'WhatsApp Chat with Kay.txt', data: chat }])],
    ['a document', makeZip([{ name: 'a.pdf', data: '%PDF-1.7 07700 900123 %%EOF' }])],
    ['a text nobody reads', makeZip([{ name: 'a.bin', data: 'ring 07700 900123' }])],
    ['a name', makeZip([{ name: '07700 900123.txt', data: plainChat }])],
    ['what stands behind', Buffer.concat([clean, Buffer.from('ring 07700 900123')])],
    ['so little behind that it is told byte by byte', Buffer.concat([clean, Buffer.from('07700900123')])],
    ['what stands before', Buffer.concat([Buffer.from('ring 07700 900123'), clean])],
    ['a comment', makeZip([{ name: 'WhatsApp Chat with Kay.txt', data: plainChat }], 'ring 07700 900123')],
    [
      'a long comment',
      makeZip([{ name: 'WhatsApp Chat with Kay.txt', data: plainChat }], `${'x'.repeat(300)} 07700 900123`),
    ],
  ]
  for (const [where, bytes] of hidden)
    expect([where, needsChoice(await lookInto(bytes, 'chat.zip'))]).toEqual([where, true])
  // The name it came under goes along with every copy.
  const named = watchForGiveaways(own)
  named.seeName('14 Orchard Street ME14 1XX.png')
  expect(named.close()).toMatchObject({ inName: true, found: [{ kind: 'postcode' }, { kind: 'street' }] })
  // A bound that was reached leaves bytes for which no record stands.
  const { account } = await readBytes(clean, 'chat.zip')
  const watch = watchForGiveaways(own)
  watch.seeAccount({
    ...account,
    problems: [{ code: 'too-many-entries', message: '501 more entries were not looked at.', place: null }],
  })
  expect(needsChoice(watch.close())).toBe(true)
})
