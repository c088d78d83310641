import type { CatalogueEntry } from '../inventory/catalogue-entry.ts'
import type { Inventory, ThingId } from '../inventory/inventory.ts'
import {
  compareIds,
  isSurer,
  keepSurest,
  type Picture,
  type PictureLine,
  type PictureNode,
} from './picture-of-reach.ts'

/** What is put together: nothing, things of one kind, or what is reached by the same path. */
export const foldings = ['thing', 'kind', 'holder'] as const
export type Folding = (typeof foldings)[number]

export type FoldWish = {
  readonly by: Folding
  /** The folds that are to be open. */
  readonly open: ReadonlySet<string>
}

/** Something that can be folded and unfolded. Its id says what kind it is and names nobody. */
export type Fold = {
  readonly id: string
  readonly label: string
  readonly count: number
  readonly isOpen: boolean
}

export type FoldedPicture = { readonly picture: Picture; readonly folds: readonly Fold[] }

/** The fold of what is on no path to information. */
export const closed = 'closed'

/** From this many boxes on, things of one kind are put together unless somebody asks otherwise. */
const mostUnfolded = 60

/** How a picture is folded when nobody has said how. */
export function chooseFolding(picture: Picture, most = mostUnfolded): Folding {
  const count = picture.nodes.filter(node => node.belief !== null && node.role !== 'info').length
  return count > most ? 'kind' : 'thing'
}

/**
 * Puts things together so that a large map can be read. What is on no path to information is one fold. What is alike
 * is another, by kind or by the path to it. A fold of one thing is that thing. Lines inside a fold are left out; of
 * several lines of its things the surest stays.
 *
 * @param kinds the kind of each thing, for folds by kind
 */
export function foldPicture(
  picture: Picture,
  kinds: ReadonlyMap<ThingId, { readonly id: string; readonly title: string }>,
  wish: FoldWish,
): FoldedPicture {
  const groups = new Map<string, { readonly label: string; readonly members: PictureNode[] }>()
  const chooseGroup = makeChooser(picture, kinds, wish.by)
  for (const node of picture.nodes) {
    const group = chooseGroup(node)
    if (!group) continue
    const before = groups.get(group.id)
    if (before) before.members.push(node)
    else groups.set(group.id, { label: group.label, members: [node] })
  }
  const folds: Fold[] = []
  const standsFor = new Map<string, string>()
  const added: PictureNode[] = []
  for (const [id, { label, members }] of groups) {
    if (members.length < 2) continue
    const isOpen = wish.open.has(id)
    folds.push({ id, label, count: members.length, isOpen })
    if (isOpen) continue
    for (const member of members) standsFor.set(member.id, id)
    const belief = members.reduce<PictureNode['belief']>(
      (surest, { belief: own }) => (own && (!surest || isSurer(own, surest)) ? own : surest),
      null,
    )
    const role = members.every(member => member.role === 'person') ? 'person' : 'thing'
    const folded = members.map(member => member.id).sort(compareIds)
    added.push({
      id,
      role,
      label: id === closed ? `${members.length} not reached` : `${members.length} × ${label}`,
      belief,
      folded,
    })
  }
  const nameOf = (id: string): string => standsFor.get(id) ?? id
  const lines = picture.lines.flatMap(({ from, to, belief }): PictureLine[] =>
    nameOf(from) === nameOf(to) ? [] : [{ from: nameOf(from), to: nameOf(to), belief }],
  )
  const nodes = [...picture.nodes.filter(node => !standsFor.has(node.id)), ...added]
  return {
    picture: { nodes, lines: keepSurest(lines) },
    folds: folds.sort((one, other) => compareIds(one.id, other.id)),
  }
}

type Chooser = (node: PictureNode) => { readonly id: string; readonly label: string } | null

function makeChooser(
  picture: Picture,
  kinds: ReadonlyMap<ThingId, { readonly id: string; readonly title: string }>,
  by: Folding,
): Chooser {
  const surestInto = new Map<string, PictureLine>()
  for (const line of picture.lines) {
    const before = surestInto.get(line.to)
    const isBetter =
      !before ||
      isSurer(line.belief, before.belief) ||
      (line.belief === before.belief && compareIds(line.from, before.from) < 0)
    if (isBetter) surestInto.set(line.to, line)
  }
  const labels = new Map(picture.nodes.map(node => [node.id, node.label]))
  return node => {
    if (node.role !== 'thing' && node.role !== 'person') return null
    if (node.belief === null) return { id: closed, label: 'Not reached' }
    if (by === 'thing') return null
    if (by === 'kind') {
      const kind = kinds.get(node.id)
      return kind ? { id: `kind-${kind.id}`, label: kind.title } : null
    }
    const line = surestInto.get(node.id)
    if (!line) return null
    return line.from === 'suspect'
      ? { id: `straight-${line.belief}`, label: `Straight, ${line.belief}` }
      : { id: `through-${line.from}`, label: `Through ${labels.get(line.from) ?? line.from}` }
  }
}

/** The kind of each thing, as the catalogue calls it; a maker’s own goes with its kind. What left the catalogue has none. */
export function findKinds(
  inventory: Inventory,
  entries: ReadonlyMap<string, Pick<CatalogueEntry, 'id' | 'title' | 'like'>>,
): ReadonlyMap<ThingId, { readonly id: string; readonly title: string }> {
  return new Map(
    inventory.things.flatMap(({ thingId, entry }) => {
      const own = entries.get(entry)
      const kind = entries.get(own?.like[0] ?? '') ?? own
      return kind ? [[thingId, { id: kind.id, title: kind.title }] as const] : []
    }),
  )
}
