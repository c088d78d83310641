import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mostInGeneration } from './build-generation.ts'
import { chooseOverviews, chooseTakenIn, fillOf, fullFrom } from './choose-taken-in.ts'

/** A generation as the rule sees it, and how many records of which item are in it. */
type Generation = {
  readonly id: string
  readonly records: number
  readonly characters: number
  readonly ofItems: ReadonlyMap<number, number>
}

/** Characters that a record has in this model. */
const perRecord = 70

function makeGeneration(ofItems: ReadonlyMap<number, number>, id: string): Generation {
  const records = [...ofItems.values()].reduce((sum, each) => sum + each, 0)
  return { id, records, characters: records * perRecord, ofItems }
}

/** The generations of a case after each reading of so many records; counts what was written in all. */
class GrowingCase {
  generations: readonly Generation[] = []
  written = 0
  #made = 0

  read(item: number, records: number): void {
    const ofItem = new Set(this.generations.filter(each => each.ofItems.has(item)).map(each => each.id))
    const taken = chooseTakenIn(this.generations, ofItem, { records, characters: records * perRecord })
    const left = this.generations.filter(each => !taken.includes(each))
    const parts: [number, number][] = [
      [item, records],
      ...taken.flatMap(each => [...each.ofItems].filter(([other]) => other !== item)),
    ]
    const made: Generation[] = []
    let ofItems = new Map<number, number>()
    let room: number = mostInGeneration.records
    const flush = (): void => {
      if (ofItems.size > 0) made.push(makeGeneration(ofItems, `g${this.#made++}`))
      ofItems = new Map()
      room = mostInGeneration.records
    }
    for (const [of, count] of parts)
      for (let rest = count; rest > 0; ) {
        const some = Math.min(rest, room)
        ofItems.set(of, (ofItems.get(of) ?? 0) + some)
        rest -= some
        room -= some
        this.written += some
        if (room === 0) flush()
      }
    flush()
    this.generations = [...left, ...made]
  }
}

/** From one record to more than a generation holds, small ones as often as large ones. */
const records = fc.double({ min: 0, max: 12.7, noNaN: true }).map(power => Math.floor(Math.exp(power)))

test('however items come and are read again, there are few generations, and what is written again is bounded', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.option(fc.nat({ max: 1000 }), { freq: 3 }), records), {
        minLength: 1,
        maxLength: 400,
        size: 'max',
      }),
      readings => {
        const grown = new GrowingCase()
        let read = 0
        let rewritten = 0
        for (const [again, count] of readings) {
          // A file that is read again takes every generation it lies in with it, however little of it there is.
          const item = again === null ? read : again % Math.max(1, read)
          const held = grown.generations.filter(each => each.ofItems.has(item))
          rewritten += held.reduce((sum, each) => sum + each.records, 0)
          grown.read(item, count)
          if (again === null) read += 1
          const notFull = grown.generations.filter(each => fillOf(each) < fullFrom)
          expect(notFull.length).toBeLessThanOrEqual(7)
          const all = grown.generations.reduce((sum, each) => sum + each.records, 0)
          const full = grown.generations.length - notFull.length
          expect(full).toBeLessThanOrEqual(all / (fullFrom * mostInGeneration.records))
        }
        const brought = readings.reduce((sum, [, count]) => sum + count, 0)
        expect(grown.written).toBeLessThanOrEqual(12 * (brought + rewritten) + 4000 * readings.length)
      },
    ),
    { numRuns: 100, seed: 20_261_201 },
  )
})

test('a thousand files one after the other never leave more than seven generations that are not full', () => {
  const grown = new GrowingCase()
  for (let item = 0; item < 1000; item += 1) {
    grown.read(item, 1000)
    expect(grown.generations.filter(each => fillOf(each) < fullFrom).length).toBeLessThanOrEqual(7)
  }
  expect(grown.generations.length).toBeLessThanOrEqual(10)
  expect(grown.written / 1_000_000).toBeLessThan(12)
})

test('overviews are taken in from the newest on, so that none is passed over, and stay few', () => {
  fc.assert(
    fc.property(fc.array(records, { maxLength: 300, size: 'max' }), all => {
      let overviews: readonly { readonly entries: number; readonly newest: number }[] = []
      for (const [newest, added] of all.entries()) {
        const taken = chooseOverviews(overviews, added)
        expect(overviews.slice(overviews.length - taken.length)).toEqual(taken)
        const entries = taken.reduce((sum, each) => sum + each.entries, added)
        overviews = [...overviews.slice(0, overviews.length - taken.length), { entries, newest }]
        expect(overviews.length).toBeLessThanOrEqual(16)
      }
    }),
    { numRuns: 100, seed: 20_261_201 },
  )
})
