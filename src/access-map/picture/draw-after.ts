import { keepSurest, type Picture } from './picture-of-reach.ts'

/**
 * The picture after steps were taken, with the boxes in the places of the picture before, so that the two can be
 * compared. What is closed keeps its box and has no lines.
 *
 * @param before the picture of today, folded or not
 * @param after the picture of the state afterwards, not folded
 */
export function drawAfter(before: Picture, after: Picture): Picture {
  const standsFor = new Map(before.nodes.flatMap(node => node.folded.map(id => [id, node.id] as const)))
  const nameOf = (id: string): string => standsFor.get(id) ?? id
  const lines = keepSurest(
    after.lines
      .map(({ from, to, belief }) => ({ from: nameOf(from), to: nameOf(to), belief }))
      .filter(({ from, to }) => from !== to),
  )
  const beliefs = new Map(after.nodes.map(node => [node.id, node.belief]))
  const nodes = before.nodes.map(node => {
    const members = node.folded.length > 0 ? node.folded : [node.id]
    const own = members.flatMap(id => beliefs.get(id) ?? [])
    const belief = (['known', 'suspected', 'possible'] as const).find(each => own.includes(each)) ?? null
    return { ...node, belief }
  })
  return { nodes, lines }
}
