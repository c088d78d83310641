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

test('whatever may be ticked in answer to a question has the parts by which it is joined', async () => {
  const { entries } = await loadCatalogue()
  for (const { id, questions, rules } of entries.values())
    for (const question of questions) {
      if (question.kind !== 'things') continue
      const joined = rules
        .filter(each => each.each === question.id)
        .flatMap(({ to, from, ifItHasSuch }) => [to, ...from].map(node => ({ node, ifItHasSuch })))
      for (const { node, ifItHasSuch } of joined.filter(each => each.node.startsWith('{other}'))) {
        const without = question.of.filter(
          kind => !entries.get(kind)?.nodes.some(each => each.id === node.replace('{other}', '{}')),
        )
        // A rule for some of them is for some.
        if (ifItHasSuch) expect(without.length, `${id} ${node}`).toBeLessThan(question.of.length)
        else expect(without, `${id} asks ${question.id} for ${node}`).toEqual([])
      }
    }
})
