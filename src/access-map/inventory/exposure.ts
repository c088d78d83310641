import type { CatalogueEntry } from './catalogue-entry.ts'
import { chooseStatement, isContradicted, type Thing } from './inventory.ts'

/** How far the suspected person reaches a thing by the answers about it alone. The whole map may show more. */
export type Exposure = {
  readonly level: 'yes' | 'probably' | 'unknown' | 'no'
  /** Questions nobody has answered. */
  readonly open: number
  /** Questions on which answers with different bases disagree. */
  readonly contradicted: number
}

/** Finds the exposure of a thing from its answers. The most cautious answer leads. */
export function findExposure(thing: Thing, entry: CatalogueEntry): Exposure {
  const beliefs = entry.questions.filter(each => each.kind === 'belief')
  const said = beliefs.map(each => chooseStatement(thing, each.id).belief)
  const open = entry.questions.filter(each => Object.keys(thing.answers[each.id] ?? {}).length === 0).length
  const contradicted = entry.questions.filter(each => isContradicted(thing, each.id)).length
  const level = (['yes', 'probably', 'unknown'] as const).find(each => said.includes(each)) ?? 'no'
  return { level, open, contradicted }
}
