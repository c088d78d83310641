import fc from 'fast-check'
import { expect, test } from 'vitest'
import { appFacts, writerAnswers, writerBases } from '../evidence/importers/importer.ts'
import type { Writer } from './record.ts'
import { factNames, labelsOf, quoteRecord, sayFact, saySender, sayWriter } from './say-writer.ts'

const written = (answer: (typeof writerAnswers)[number], basis: (typeof writerBases)[number]): Writer => ({
  answer,
  basis,
})
const rob = {
  sender: 'Rob',
  direction: 'unknown' as const,
  parties: null,
  fact: null,
  marks: [] as readonly string[],
}

test('every answer and ground has its sentence, which begins with the answer', () => {
  for (const answer of writerAnswers)
    for (const basis of writerBases) {
      const said = sayWriter({ sender: 'Rob', writtenByApp: written(answer, basis) })
      expect(said.toLowerCase()).toMatch(new RegExp(`^${answer}: .{20}`))
    }
  expect(sayWriter({ sender: '', writtenByApp: { answer: 'not decided', basis: 'not-recorded' } })).toMatch(
    /^Not decided: the record was read before/,
  )
  expect(sayWriter({ sender: '', writtenByApp: null })).toBe('')
})

test('a fact is told as one only when the app wrote it; otherwise it is what the words read', () => {
  expect(sayFact({ fact: 'blocked', writtenByApp: written('yes', 'phrase') })).toBe('Contact blocked')
  expect(sayFact({ fact: 'blocked', writtenByApp: written('not decided', 'phrase') })).toBe(
    'Reads: contact blocked',
  )
  expect(Object.keys(factNames).sort()).toEqual([...appFacts].sort())
})

test('a label never says that the app wrote what is not decided', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('message', 'call', 'media', 'unsettled'),
      fc.constantFrom(...writerBases),
      fc.option(fc.constantFrom(...appFacts)),
      (kind, basis, fact) => {
        const labels = labelsOf({ ...rob, kind, fact, writtenByApp: written('not decided', basis) })
        expect(labels).not.toContain('Written by the app')
        if (fact !== null) expect(labels).not.toContain(factNames[fact] === 'Call' ? '' : factNames[fact])
      },
    ),
  )
})

test('what is said twice, as a mark and as a fact, is labelled once', () => {
  const labels = labelsOf({
    ...rob,
    kind: 'message',
    fact: 'deleted',
    marks: ['deleted', 'earlier-than-above'],
    writtenByApp: written('yes', 'phrase'),
  })
  expect(labels).toEqual(['Message deleted', 'Earlier than the line above it in the source'])
})

test('a quotation puts words down to a person only when they are that person’s', () => {
  expect(quoteRecord({ ...rob, kind: 'message', writtenByApp: written('no', 'author') }, 'hi')).toBe(
    'Rob: hi',
  )
  expect(quoteRecord({ ...rob, kind: 'unsettled', writtenByApp: written('not decided', 'mark') }, 'hi')).toBe(
    'Rob or the app, not decided which: hi',
  )
  expect(
    quoteRecord(
      { ...rob, kind: 'system', writtenByApp: written('yes', 'phrase') },
      'You blocked this contact',
    ),
  ).toBe('[Written by the app, under the name Rob] You blocked this contact')
  expect(
    quoteRecord(
      { ...rob, sender: '', kind: 'unsettled', writtenByApp: written('not decided', 'no-author') },
      'hi',
    ),
  ).toBe('A person or the app, not decided which: hi')
})

test('what the phone itself sent is never without its side, and the list of calls is nobody’s words', () => {
  const sent = {
    ...rob,
    sender: '',
    direction: 'out' as const,
    parties: { nameInPhone: 'Rob', to: ['+447700900461', '07700900462'] },
    kind: 'message',
    writtenByApp: written('no', 'field'),
  }
  expect(quoteRecord(sent, 'leave me alone')).toBe('Sent to +447700900461, 07700900462: leave me alone')
  expect(quoteRecord({ ...sent, parties: null }, 'x')).toBe('Sent from the phone that the file comes from: x')
  expect(saySender(sent)).toBe('The phone that the file comes from')
  expect(saySender({ sender: '', direction: 'in' })).toBe('Nobody is named')
  expect(sayWriter({ sender: '', writtenByApp: written('yes', 'field') })).toMatch(/^Yes: nobody’s words/)
})
