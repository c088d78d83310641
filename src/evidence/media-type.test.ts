import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findKind, sniffText } from './media-type.ts'

const sniff = (text: string): string => sniffText(Buffer.from(text))

test('a chat is text, whatever its language and even when its first bytes end inside a character', () => {
  expect(sniff('12/03/2026, 10:00 - Sam: hello')).toBe('text/plain')
  expect(sniff('\uFEFF[١٢/٠٣/٢٠٢٦] سام: مرحبا')).toBe('text/plain')
  expect(sniffText(Buffer.from('caf\u00e9').subarray(0, 4))).toBe('text/plain')
  expect(sniffText(Buffer.from('\uFEFFhello', 'utf16le'))).toBe('text/plain')
})

test('a picture that can carry a script is a document, and so is a web page', () => {
  expect(
    sniff('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
  ).toBe('image/svg+xml')
  expect(sniff('<!-- hello --><SVG onload="x">')).toBe('image/svg+xml')
  expect(sniff('<!doctype html><p>hello')).toBe('text/html')
  expect(findKind('image/svg+xml')).toBe('document')
  expect(findKind('text/html')).toBe('document')
})

test('bytes that are no text are called bytes', () => {
  expect(sniffText(Uint8Array.of(0, 1, 2, 3))).toBe('application/octet-stream')
  expect(sniffText(Uint8Array.of(0xc3, 0x28, 0x41))).toBe('application/octet-stream')
})

test('the sort of thing follows from the type', () => {
  const cases = {
    'image/png': 'image',
    'video/mp4': 'video',
    'audio/ogg': 'sound',
    'application/zip': 'archive',
  }
  for (const [type, kind] of Object.entries(cases)) expect(findKind(type)).toBe(kind)
  expect(findKind('application/pdf')).toBe('document')
  expect(findKind('application/octet-stream')).toBe('other')
})

test('any bytes at all get an answer', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
      expect(sniffText(bytes)).toMatch(/^(application\/octet-stream|text\/(plain|html)|image\/svg\+xml)$/)
    }),
  )
})
