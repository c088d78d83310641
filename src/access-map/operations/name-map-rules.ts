import { createHash } from 'node:crypto'
import { drawUpMap } from '../inventory/draw-up-map.ts'
import { emptyInventory } from '../inventory/inventory.ts'
import { type Catalogue, loadCatalogue } from '../inventory/load-catalogue.ts'

/** Raised with every change of how a map is drawn up or a channel is judged by it that one of every kind of thing does not show. */
const edition = 1

let named: Promise<string> | null = null

/**
 * The name of the rules by which it is calculated who reaches what: of every entry of the catalogue, and of the map that is drawn of
 * one of every kind. Two programs of which it is the same calculate the same. Found once.
 */
export function nameMapRules(): Promise<string> {
  named ??= loadCatalogue().then(({ entries }) => nameRulesOf(entries))
  return named
}

/** The name of the rules with this catalogue: sixteen hexadecimal digits. */
export function nameRulesOf(entries: Catalogue['entries']): string {
  const things = [...entries.keys()].map((entry, index) => ({
    thingId: `t${index + 1}`,
    entry,
    label: entry,
    note: '',
    answers: {},
    channels: [],
    changedIn: 1,
    isGone: false,
  }))
  const { map } = drawUpMap({ ...emptyInventory, things }, entries)
  const hash = createHash('sha256').update(JSON.stringify([edition, [...entries], map]))
  return hash.digest('hex').slice(0, 16)
}
