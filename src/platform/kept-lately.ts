/** What was used lately, up to a bound; what was not used for the longest time goes first. */
export type KeptLately<Value> = {
  readonly get: (name: string) => Value | undefined
  /** @param weight how much of the bound it takes; what takes more than all of it is not kept */
  readonly set: (name: string, value: Value, weight: number) => void
}

/**
 * Keeps values in memory by name. A name must hold all that a value depends on: the clinic, the case, the revision.
 *
 * @param most what all that is kept may weigh together
 */
export function keepLately<Value>(most: number): KeptLately<Value> {
  const kept = new Map<string, { readonly value: Value; readonly weight: number }>()
  let total = 0
  const drop = (name: string): void => {
    total -= kept.get(name)?.weight ?? 0
    kept.delete(name)
  }
  return {
    get: name => {
      const found = kept.get(name)
      if (!found) return undefined
      // A map gives its names back in the order in which they were put in.
      kept.delete(name)
      kept.set(name, found)
      return found.value
    },
    set: (name, value, weight) => {
      drop(name)
      if (weight > most) return
      kept.set(name, { value, weight })
      total += weight
      for (const oldest of kept.keys()) {
        if (total <= most) return
        drop(oldest)
      }
    },
  }
}
