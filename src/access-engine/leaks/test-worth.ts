import type { LeakTest } from './leak-case.ts'

/** Information divided by cost. A test that costs nothing still takes somebody's time. */
export function worth({
  bits,
  cost,
  risk,
}: {
  readonly bits: number
  readonly cost: number
  readonly risk: number
}): number {
  return bits / (1 + cost + risk)
}

/** How little is known of something with this chance, in bits. */
export function entropy(chance: number): number {
  if (chance <= 0 || chance >= 1) return 0
  return -chance * Math.log2(chance) - (1 - chance) * Math.log2(1 - chance)
}

/** A test is worth naming when it is expected to tell this many bits. */
const leastBits = 0.01

/**
 * The tests that would tell something, the worthiest first, when what is likely is doubted: a check of a source tells as
 * much as the worst chance of that source leaves open.
 *
 * @param bits how much each test tells when nothing is doubted, by its id
 */
export function rankTestsInDoubt(
  tests: readonly LeakTest[],
  bits: ReadonlyMap<string, number>,
  worstChanceOf: (source: string) => number,
): readonly string[] {
  const bitsOf = (test: LeakTest): number => {
    const plain = bits.get(test.id) ?? 0
    if (!('source' in test)) return plain
    const { hit, falseAlarm } = test
    const chance = worstChanceOf(test.source)
    const shows = chance * hit + (1 - chance) * falseAlarm
    return Math.max(plain, entropy(shows) - chance * entropy(hit) - (1 - chance) * entropy(falseAlarm))
  }
  return tests
    .map(test => ({ id: test.id, bits: bitsOf(test), cost: test.cost, risk: test.risk }))
    .filter(each => each.bits >= leastBits)
    .sort((one, other) => worth(other) - worth(one) || (one.id < other.id ? -1 : 1))
    .map(each => each.id)
}
