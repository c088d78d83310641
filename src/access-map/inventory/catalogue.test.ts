import { expect, test } from 'vitest'
import { parseCatalogueEntry } from './catalogue-entry.ts'
import { loadCatalogue } from './load-catalogue.ts'

test('every entry of the catalogue can be used, and nothing in it is a loose end', async () => {
  const { entries, findings } = await loadCatalogue()
  expect(findings.map(each => `${each.entry} ${each.place} ${each.says}`)).toEqual([])
  expect(entries.size).toBeGreaterThanOrEqual(28)
})

test('an entry with loose ends is reported, each with its place, and none of it is used', async () => {
  const { entries } = await loadCatalogue()
  const phone = entries.get('phone')
  const bent = {
    ...phone,
    id: 'phone',
    rules: [...(phone?.rules ?? []), { to: '{}', from: ['{}.nowhere'], how: 'x', when: 'never' }],
  }
  const read = parseCatalogueEntry('phone', bent)
  expect(read.ok).toBe(false)
  const reported = read.ok ? [] : read.findings.map(each => each.says)
  expect(reported).toEqual([
    'hangs on never, which is no question of belief',
    'names {}.nowhere, which is not among its nodes',
  ])
  for (const hostile of [
    null,
    7,
    [],
    { id: '__proto__' },
    { ...phone, extra: 1 },
    { ...phone, questions: [] },
  ])
    expect(parseCatalogueEntry('phone', hostile).ok).toBe(false)
})
