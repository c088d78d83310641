import type { Reached } from '../../access-engine/reach/reach.ts'
import type { CatalogueEntry } from '../inventory/catalogue-entry.ts'
import type { DrawnMap } from '../inventory/draw-up-map.ts'
import type { Inventory } from '../inventory/inventory.ts'
import { type Arrangement, arrangePicture } from './arrange-picture.ts'
import { chooseFolding, type Fold, type Folding, findKinds, foldPicture } from './fold-picture.ts'
import { drawReach, type Picture } from './picture-of-reach.ts'

/** How somebody wants the picture folded. If nobody says, it is chosen by size. */
export type PictureWish = {
  readonly by?: Folding | undefined
  readonly open?: ReadonlySet<string> | undefined
  /** From this many boxes on, things of one kind are put together. */
  readonly most?: number | undefined
}

export type MadePicture = {
  readonly picture: Picture
  readonly arrangement: Arrangement
  readonly by: Folding
  readonly folds: readonly Fold[]
}

/** The picture of what is reached, folded so that it can be read, with the order of its boxes. */
export function makePicture(
  drawn: DrawnMap,
  inventory: Inventory,
  reached: readonly Reached[],
  entries: ReadonlyMap<string, CatalogueEntry>,
  { by, open = new Set(), most }: PictureWish = {},
): MadePicture {
  const whole = drawReach(drawn, inventory, reached)
  const chosen = by ?? chooseFolding(whole, most)
  const { picture, folds } = foldPicture(whole, findKinds(inventory, entries), { by: chosen, open })
  return { picture, folds, by: chosen, arrangement: arrangePicture(picture) }
}
