/** Chance from a seed (mulberry32): the same seed, the same numbers, on every machine. */
export function makeChance(seed: number) {
  let state = seed >>> 0
  const real = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const below = (count: number): number => Math.floor(real() * count)
  return {
    real,
    below,
    is: (share: number): boolean => real() < share,
    pick: <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item,
    some: <Item>(items: readonly Item[], most: number): Item[] => {
      const left = [...items]
      const found: Item[] = []
      for (let count = below(most + 1); count > 0 && left.length > 0; count -= 1)
        found.push(...left.splice(below(left.length), 1))
      return found
    },
    shuffle: <Item>(items: readonly Item[]): Item[] => {
      const left = [...items]
      for (let at = left.length - 1; at > 0; at -= 1) {
        const other = below(at + 1)
        ;[left[at], left[other]] = [left[other] as Item, left[at] as Item]
      }
      return left
    },
  }
}

export type Chance = ReturnType<typeof makeChance>
