import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mostInGeneration } from './build-generation.ts'
import { chooseMerged } from './choose-merged.ts'
import { chooseTakenIn } from './choose-taken-in.ts'

type Generation = { readonly id: string; readonly records: number; readonly characters: number }

/** The generations of a case to which items come, merged after every so many of them; counts what is written again. */
class GrowingCase {
  generations: readonly Generation[] = []
  written = 0
  #made = 0

  read(records: number): void {
    const taken = chooseTakenIn(this.generations, new Set(), { records, characters: 0 })
    const left = this.generations.filter(each => !taken.includes(each))
    const made: Generation[] = []
    let rest = taken.reduce((sum, each) => sum + each.records, records)
    this.written += rest
    for (; rest > 0; rest -= mostInGeneration.records)
      made.push(this.#make(Math.min(rest, mostInGeneration.records)))
    this.generations = [...left, ...made]
  }

  merge(): void {
    const merged = chooseMerged(this.generations)
    if (merged.length === 0) return
    const records = merged.reduce((sum, each) => sum + each.records, 0)
    this.written += records
    this.generations = [...this.generations.filter(each => !merged.includes(each)), this.#make(records)]
  }

  get records(): number {
    return this.generations.reduce((sum, each) => sum + each.records, 0)
  }

  #make(records: number): Generation {
    this.#made += 1
    return { id: `g${this.#made}`, records, characters: 0 }
  }
}

/** From one record to a million, small ones as often as large ones. */
const records = fc.double({ min: 0, max: 13.8, noNaN: true }).map(power => Math.floor(Math.exp(power)))

test('once merged, each generation is more than eight times as large as all smaller ones, so there are few', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(records, fc.boolean()), { minLength: 1, maxLength: 200, size: 'max' }),
      readings => {
        const grown = new GrowingCase()
        for (const [count, isMerged] of readings) {
          grown.read(count)
          const before = grown.records
          if (!isMerged) continue
          grown.merge()
          expect(grown.records).toBe(before)
          expect(chooseMerged(grown.generations)).toEqual([])
          const rising = grown.generations.map(each => each.records).sort((one, other) => one - other)
          let below = 0
          for (const each of rising) {
            expect(each).toBeGreaterThan(8 * below)
            below += each
          }
          // Those of fewer than 4 000 records are taken into what comes next: of them there is one.
          expect(rising.filter(each => each >= 4000).length).toBeLessThanOrEqual(
            1 + Math.max(0, Math.log(before / 4000) / Math.log(9)),
          )
        }
      },
    ),
    { numRuns: 100, seed: 20_261_201 },
  )
})

test('a thousand files of a thousand messages leave four generations at most, and none is written again forty times', () => {
  const grown = new GrowingCase()
  for (let item = 0; item < 1000; item += 1) {
    grown.read(1000)
    grown.merge()
    expect(grown.generations.length).toBeLessThanOrEqual(4)
  }
  expect(grown.written / 1_000_000).toBeLessThan(40)
})

test('a million messages in four chats are one generation once they are merged', () => {
  const grown = new GrowingCase()
  for (let chat = 0; chat < 4; chat += 1) {
    grown.read(250_000)
    if (chat % 2 === 1) grown.merge()
  }
  expect(grown.generations.map(each => each.records)).toEqual([1_000_000])
})
