import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodingOf, type Line, longestPiece, splitLines, type TextEncoding } from './split-lines.ts'

const split = (bytes: Uint8Array, chunk: number, encoding: TextEncoding = 'utf-8'): Line[] => {
  const splitter = splitLines(encoding)
  const lines: Line[] = []
  for (let at = 0; at < bytes.length; at += chunk)
    lines.push(...splitter.push(bytes.subarray(at, at + chunk)))
  return [...lines, ...splitter.end()]
}

test('lines keep their place, in whatever pieces the bytes arrive', () => {
  const bytes = Buffer.from('one\r\ntwo é\n\nlast')
  const expected = split(bytes, bytes.length)
  expect(expected.map(line => line.text)).toEqual(['one', 'two é', '', 'last'])
  expect(expected.map(line => line.number)).toEqual([1, 2, 3, 4])
  for (const chunk of [1, 2, 3, 5]) expect(split(bytes, chunk)).toEqual(expected)
})

test('every byte is in exactly one line, for any bytes at all', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom<TextEncoding>('utf-8', 'utf-16le', 'utf-16be'),
      (bytes, chunk, encoding) => {
        let at = 0
        for (const line of split(bytes, chunk, encoding)) {
          expect(line.from).toBe(at)
          expect(line.to).toBeGreaterThan(at)
          at = line.to
        }
        expect(at).toBe(bytes.length)
      },
    ),
  )
})

test('a text saved by another program as UTF-16 is read by its byte order mark', () => {
  const bytes = Buffer.from('\uFEFFone\ntwo', 'utf16le')
  expect(encodingOf(bytes)).toBe('utf-16le')
  expect(split(bytes, 3, 'utf-16le').map(line => line.text)).toEqual(['\uFEFFone', 'two'])
})

test('a line longer than memory should hold comes in pieces that do not break a character', () => {
  const bytes = Buffer.from(`x${'é'.repeat(longestPiece)}\nnext`)
  const lines = split(bytes, 65_536)
  expect(lines.length).toBe(4)
  expect(lines.map(line => line.startsLine)).toEqual([true, false, false, true])
  expect(lines.some(line => line.text.includes('\uFFFD'))).toBe(false)
  expect(lines.at(-1)?.number).toBe(2)
})
