import { readFile } from 'node:fs/promises'
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
  const file = new URL('catalogue/tracker.json', import.meta.url)
  const tracker = JSON.parse(await readFile(file, 'utf8'))
  const { facts } = tracker.mechanism
  const loose = { to: '{}', from: ['{}.nowhere'], how: 'x', when: 'never' }
  const bent = {
    ...tracker,
    mechanism: { is: 'written', facts: { ...facts, rules: [...facts.rules, loose] } },
  }
  const read = parseCatalogueEntry('tracker', bent)
  expect(read.ok).toBe(false)
  const reported = read.ok ? [] : read.findings.map(each => each.says)
  expect(reported).toEqual([
    'hangs on never, which is no question of belief',
    'names {}.nowhere, which is not among its nodes',
  ])
  expect(parseCatalogueEntry('tracker', tracker).ok).toBe(true)
  for (const hostile of [
    null,
    7,
    [],
    { id: '__proto__' },
    { ...tracker, extra: 1 },
    { ...tracker, mechanism: { is: 'tracker', facts } },
    { ...tracker, mechanism: { is: 'account', facts } },
    { ...tracker, mechanism: { ...tracker.mechanism, facts: { ...facts, questions: [] } } },
    entries.get('tracker'),
  ])
    expect(parseCatalogueEntry('tracker', hostile).ok).toBe(false)
})
