import { expect, test } from 'vitest'
import type { RecordKind, WrittenByApp } from './importers/importer.ts'
import { lineKindOf } from './line-kind.ts'

const decided = (answer: WrittenByApp['answer']): WrittenByApp => ({ answer, basis: 'phrase' })

test('words of which nobody knows whose they are count as neither a message nor a line of the app', () => {
  for (const kind of ['message', 'system'] as const)
    expect(lineKindOf({ kind, writtenByApp: decided('not decided') })).toBe('unsettled')
})

test('what is decided keeps its kind, and so does what holds no words', () => {
  const kinds: readonly RecordKind[] = ['message', 'system', 'call', 'media', 'image', 'file', 'unknown']
  for (const kind of kinds) {
    expect(lineKindOf({ kind, writtenByApp: null })).toBe(kind)
    expect(lineKindOf({ kind, writtenByApp: decided('yes') })).toBe(kind)
    expect(lineKindOf({ kind, writtenByApp: decided('no') })).toBe(kind)
  }
  expect(lineKindOf({ kind: 'call', writtenByApp: decided('not decided') })).toBe('call')
})
