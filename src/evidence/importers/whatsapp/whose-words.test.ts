import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyText } from '../../../../test/support/any-text.ts'
import type { EvidenceRecord } from '../importer.ts'
import { appRemarks } from './app-remarks.ts'
import { groupPhrases } from './group-phrases.ts'
import { labelPhrases } from './label-phrases.ts'
import { noticePhrases } from './notice-phrases.ts'
import { whatsApp } from './whatsapp.ts'

async function readText(text: string): Promise<readonly EvidenceRecord[]> {
  const bytes = Buffer.from(text)
  const records: EvidenceRecord[] = []
  const source = {
    name: 'chat.txt',
    size: bytes.length,
    async *open() {
      yield bytes
    },
  }
  for await (const step of whatsApp.read(source, { ownName: 'Nell' }))
    if (step.step === 'records') records.push(...step.records)
  return records
}

const headers = {
  iPhone: '[25/08/2025, 21:00:12] ',
  Android: '25/08/2025, 21:00 - ',
  'before 2018': '25/08/2025, 21:00:12: ',
}
const anyHeader = fc.constantFrom(...Object.values(headers))

const invisible = fc.constantFrom(
  ...[
    '\u200e',
    '\u200f',
    '\u202a',
    '\u202d',
    '\u202e',
    '\u2066',
    '\u2068',
    '\u200b',
    '\u200d',
    '\u2060',
    '\ufeff',
    '\u00ad',
    '\u061c',
  ],
)
const marks = fc.array(invisible, { minLength: 1, maxLength: 4 }).map(each => each.join(''))
const threat = fc.constantFrom(
  'I know where you sleep',
  'You will be sorry',
  'I will find you: wait and see',
  'Nice curtains',
  'image of you omitted from my wall, for now',
  'אני יודע איפה את גרה',
)
const phrase = fc
  .constantFrom(
    ...[labelPhrases, noticePhrases, groupPhrases].flatMap(table =>
      Object.values(table).flatMap(phrases => phrases.split(/[|\n]/)),
    ),
  )
  .map(each =>
    each.trim().replaceAll('{name}', 'Rob').replaceAll('{words}', '“X”').replaceAll('{time}', '7 days'),
  )
  .filter(each => each !== '')

/** Somebody's words must be there to be read, under the name they were exported with. */
function expectKept(record: EvidenceRecord | undefined, words: string): void {
  expect(record?.sender).toBe('Rob')
  const shown = [record?.text, ...(record?.attachments.map(file => file.name) ?? [])].join(' ')
  expect(shown).toContain(words)
}

test('somebody who begins a threat with invisible marks does not make it the app’s, whichever marks and however many', async () => {
  await fc.assert(
    fc.asyncProperty(anyHeader, marks, threat, async (header, before, words) => {
      const [record] = await readText(`${header}Rob: ${before}${words}\n`)
      expectKept(record, words)
      expect(record?.writtenByApp?.answer).not.toBe('yes')
      expect(record?.kind).not.toBe('system')
    }),
  )
})

test('somebody who types what the app writes, without its mark, does not make it the app’s', async () => {
  await fc.assert(
    fc.asyncProperty(anyHeader, phrase, async (header, words) => {
      const [record] = await readText(`${header}Rob: ${words}\n`)
      expect(record?.sender).toBe('Rob')
      expect(record?.writtenByApp?.answer).not.toBe('yes')
      expect(record?.kind).not.toBe('system')
    }),
    { numRuns: 500 },
  )
})

test('somebody who knows the marks and the phrases cannot carry a word of their own among the app’s', async () => {
  const joint = fc.constantFrom(' ', '. ', '\n', ', ', ': ', ' \u200e', '! ')
  await fc.assert(
    fc.asyncProperty(
      anyHeader,
      fc.option(marks, { nil: '' }),
      fc.array(fc.oneof(phrase, fc.constantFrom(...appRemarks.split(/[|\n]/).map(each => each.trim()))), {
        minLength: 1,
        maxLength: 2,
      }),
      threat,
      joint,
      fc.boolean(),
      async (header, before, phrases, words, between, isFirst) => {
        const parts = isFirst ? [words, ...phrases] : [...phrases, words]
        const [record] = await readText(`${header}Rob: ${before}${parts.join(between)}\n`)
        expectKept(record, words)
        expect(record?.writtenByApp?.answer).not.toBe('yes')
        expect(record?.kind === 'message' || record?.kind === 'media').toBe(true)
      },
    ),
    { numRuns: 1000 },
  )
})

test('a header pasted into a message makes no line of the app’s out of a threat', async () => {
  await fc.assert(
    fc.asyncProperty(anyHeader, threat, async (header, words) => {
      const records = await readText(`${header}Rob: ok\n${header}${words.replace(':', '')}\n`)
      const pasted = records[1]
      expect(pasted?.text).toBe(words.replace(':', ''))
      expect(pasted?.writtenByApp).toEqual({ answer: 'not decided', basis: 'no-author' })
    }),
  )
})

test('whatever is said under a name, the name is kept', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyHeader,
      anyText({ maxLength: 40 }).filter(text => !/[\n\r]/.test(text)),
      async (header, words) => {
        const [record] = await readText(`${header}Rob: ${words}\n`)
        expect(record?.sender).toBe('Rob')
        expect(record?.raw).toContain(words)
      },
    ),
  )
})

test('no direction, sent or received, is claimed for a line that may be the app’s', async () => {
  const records = await readText(
    `${headers.iPhone}Nell: hello\n${headers.iPhone}Nell: \u200eYou blocked this contact\n${headers.iPhone}Rob: \u200ehi\n`,
  )
  expect(records.map(record => record.direction)).toEqual(['out', 'unknown', 'unknown'])
})

test('words in brackets at the end of a message are cut off only when they are exactly the app’s', async () => {
  const records = await readText(
    [
      'hello <This message was edited>',
      'meet me <I edited your brakes>',
      '<look: I am outside.now>',
      '<a media stunt with you in it>',
    ]
      .map(text => `${headers.Android}Rob: ${text}\n`)
      .join(''),
  )
  expect(records.map(record => record.text)).toEqual([
    'hello',
    'meet me <I edited your brakes>',
    '<look: I am outside.now>',
    '<a media stunt with you in it>',
  ])
  expect(records.map(record => record.marks)).toEqual([['edited'], [], [], []])
})
