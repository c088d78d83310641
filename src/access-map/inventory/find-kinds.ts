import type { CatalogueEntry } from './catalogue-entry.ts'
import { sayGroup } from './say-inventory.ts'

/** The kinds whose title, explanation or group has every word that was typed, in whatever case. All of them when none was. */
export function findCatalogueKinds(
  kinds: readonly CatalogueEntry[],
  typed: string,
): readonly CatalogueEntry[] {
  const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll('’', "'")
  const words = plain(typed).split(/\s+/).filter(Boolean)
  return kinds.filter(({ title, says, group }) => {
    const text = plain(`${title} ${says} ${sayGroup(group)}`)
    return words.every(word => text.includes(word))
  })
}
