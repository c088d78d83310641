import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyText } from '../../test/support/any-text.ts'
import { writeCsv } from './csv.ts'
import { exhibitPath, safeName } from './exhibit-path.ts'

const cell = (text: string) => writeCsv([[text]]).slice(1, -2)

test('S10: a cell that a spreadsheet would run is written so that it is only read', () => {
  expect(cell('=1+1')).toBe("'=1+1")
  expect(cell('+44 7700 900123')).toBe("'+44 7700 900123")
  expect(cell('-1')).toBe("'-1")
  expect(cell('@cmd')).toBe("'@cmd")
  expect(cell('\tcmd')).toBe("'\tcmd")
  expect(cell(' =1')).toBe("' =1")
  expect(cell('\u200e=1')).toBe("'\u200e=1")
  expect(cell('\uff1d1')).toBe("'\uff1d1")
  expect(cell('1=1')).toBe('1=1')
})

test('quotation marks, commas and line ends stay inside their cell', () => {
  expect(cell('she said "no", twice\nand again')).toBe('"she said ""no"", twice\nand again"')
  expect(
    writeCsv([
      ['a', 5],
      ['b', 0],
    ]),
  ).toBe('\ufeffa,5\r\nb,0\r\n')
})

test('an exhibit lies in the folder of its reference under a name every machine takes', () => {
  expect(exhibitPath('ABC/1', 'IMG_0001.jpg')).toBe('data/exhibits/ABC-1/IMG_0001.jpg')
  expect(exhibitPath('ABC/1', '../../etc/passwd')).toBe('data/exhibits/ABC-1/passwd')
  expect(safeName('C:\\temp\\Zo\u0065\u0308.txt')).toBe('Zo\u00eb.txt')
  expect(safeName('con.txt')).toBe('_con.txt')
  expect(safeName('a\u202egpj.exe')).toBe('a_gpj.exe')
  expect(safeName('...')).toBe('file')
  expect(safeName('')).toBe('file')
  expect(safeName(`${'x'.repeat(10_000)}.jpeg`)).toBe(`${'x'.repeat(80)}.jpeg`)
})

test('no name leads out of its folder or holds what a machine cannot', () => {
  fc.assert(
    fc.property(anyText({ maxLength: 200 }), name => {
      const safe = safeName(name)
      expect(safe).toMatch(/^[^/\\:*?"<>|\u0000-\u001f%]+$/)
      expect(['.', '..']).not.toContain(safe)
      expect(safe).not.toMatch(/[. ]$/)
    }),
  )
})
