import { expect, test } from 'vitest'
import { loadCatalogue } from '../inventory/load-catalogue.ts'
import { nameMapRules, nameRulesOf } from './name-map-rules.ts'

test('S1 the rules of the map have another name as soon as one entry, or one line that is drawn of it, is another', async () => {
  const { entries } = await loadCatalogue()
  const name = await nameMapRules()
  expect(name).toMatch(/^[0-9a-f]{16}$/)
  expect(nameRulesOf(new Map(entries))).toBe(name)
  const phone = entries.get('phone')
  if (!phone) throw new Error('there is no phone in the catalogue')
  const others = [
    { ...phone, rules: phone.rules.slice(1) },
    { ...phone, nodes: phone.nodes.slice(1) },
    { ...phone, title: `${phone.title} or so` },
  ]
  const names = others.map(other => nameRulesOf(new Map([...entries, ['phone', other]])))
  expect(new Set([name, ...names]).size).toBe(4)
  expect(nameRulesOf(new Map([...entries].slice(1)))).not.toBe(name)
})
