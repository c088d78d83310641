import type { Belief } from '../../access-engine/reach/map.ts'
import type { Picture } from './picture-of-reach.ts'

/** One box of the picture that is surer, less sure, newly reached or no longer reached. */
export type ChangedBox = {
  readonly label: string
  readonly before: Belief | null
  readonly now: Belief | null
}

/** What the last answers changed in the picture: the boxes that were reached otherwise before, information first. */
export function findWhatChanged(before: Picture, now: Picture): readonly ChangedBox[] {
  const was = new Map(before.nodes.map(node => [node.id, node]))
  const is = new Map(now.nodes.map(node => [node.id, node]))
  const ids = [...new Set([...is.keys(), ...was.keys()])]
  const isInfo = (id: string): boolean => id.startsWith('info-')
  return [...ids.filter(isInfo), ...ids.filter(id => !isInfo(id))].flatMap(id => {
    const [old, one] = [was.get(id), is.get(id)]
    const change = { label: (one ?? old)?.label ?? id, before: old?.belief ?? null, now: one?.belief ?? null }
    return change.before === change.now ? [] : [change]
  })
}
