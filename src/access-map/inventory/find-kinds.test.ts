import { beforeAll, expect, test } from 'vitest'
import type { CatalogueEntry } from './catalogue-entry.ts'
import { findCatalogueKinds } from './find-kinds.ts'
import { loadCatalogue } from './load-catalogue.ts'

let kinds: readonly CatalogueEntry[]
beforeAll(async () => {
  kinds = [...(await loadCatalogue()).entries.values()]
})

const idsOf = (typed: string): readonly string[] => findCatalogueKinds(kinds, typed).map(each => each.id)

test('a kind is found by its title, its explanation or its group, with every word, in whatever case', () => {
  expect(idsOf('')).toHaveLength(kinds.length)
  expect(idsOf('  ')).toHaveLength(kinds.length)
  expect(idsOf('DOORBELL ring')).toContain('ring')
  expect(idsOf('doorbell ring')).not.toContain('arlo')
  expect(idsOf('child’s')).toEqual(idsOf("child's"))
  expect(idsOf('at home')).toContain('router')
  expect(idsOf('no such thing anywhere')).toEqual([])
  expect(idsOf('.*')).toEqual([])
})

test('every kind is found by its own title', () => {
  for (const { id, title } of kinds) expect(idsOf(title), title).toContain(id)
})
