import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyText } from '../../test/support/any-text.ts'
import { findDownloadName } from './download-name.ts'

test('an original keeps its name behind its reference, without what could mislead', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['WhatsApp Chat with Sam.txt', 'ABC-1-WhatsApp Chat with Sam.txt'],
    ['../../etc/passwd', 'ABC-1-passwd'],
    ['C:\\Users\\sam\\chat.txt', 'ABC-1-chat.txt'],
    ['photo\u202Egpj.exe', 'ABC-1-photogpj.exe'],
    ['.hidden', 'ABC-1-hidden'],
    ['', 'ABC-1'],
    ['..', 'ABC-1'],
    ['a"b\r\nc<d>.txt', 'ABC-1-a_bc_d_.txt'],
  ]
  for (const [name, expected] of cases) expect(findDownloadName('ABC/1', name)).toBe(expected)
})

test('a name of ten thousand characters keeps its ending', () => {
  const name = findDownloadName('ABC/1', `${'x'.repeat(10_000)}.zip`)
  expect([...name].length).toBe(120)
  expect(name.endsWith('x.zip')).toBe(true)
})

test('no name at all leads out of a folder', () => {
  fc.assert(
    fc.property(anyText(), name => {
      expect(findDownloadName('ABC/1', name)).toMatch(/^ABC-1(-[^/\\\p{C}"<>:|?*]+)?$/u)
    }),
  )
})
