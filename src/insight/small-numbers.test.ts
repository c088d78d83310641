import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decideSuppression, type ShownCount } from './small-numbers.ts'

const rule = { least: 5, roundTo: 5 }
const say = (count: ShownCount): number | string => (count.kind === 'count' ? count.about : count.kind)

test('counts under five are held back, and what is shown is rounded', () => {
  const check = (counts: readonly number[], cells: readonly (number | string)[], total: number | string) => {
    const row = decideSuppression(counts, rule)
    expect([counts, row.cells.map(say), say(row.total)]).toEqual([counts, cells, total])
  }
  // By a total of about 20 and its parts of about 10 and 15, the two noughts would be as good as shown.
  check([8, 0, 13, 0], ['too-small', 'too-small', 15, 'too-small'], 20)
  check([12, 8, 31], [10, 10, 30], 50)
  check([4, 3, 20], ['too-small', 'too-small', 20], 25)
  check([0, 0, 20], ['too-small', 'too-small', 20], 20)
  check([4, 20, 11], ['too-small', 20, 'too-small'], 35)
  check([0, 0, 0], ['none', 'none', 'none'], 'none')
  check([1, 0, 1], ['too-small', 'too-small', 'too-small'], 'too-small')
  check([4], ['too-small'], 'too-small')
  check([], [], 'none')
})

test('S6 nobody can be calculated back: each count that is held back could be another one, by all that is shown', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 12 }), counts => {
      const { cells, total } = decideSuppression(counts, rule)
      const tooMuch = cells.flatMap((cell, index) => {
        if (cell.kind === 'count') {
          // Of what is shown only its neighbourhood is known.
          const count = counts[index] ?? 0
          return Math.abs(cell.about - count) <= 2 && count >= rule.least ? [] : [`${count} is shown`]
        }
        if (cell.kind !== 'too-small' || total.kind !== 'count') return []
        // What somebody with the table can say of the hidden count: from the total and the least of all that is shown.
        const least = (each: ShownCount): number => (each.kind === 'count' ? each.about - 2 : 0)
        const others = cells.filter((_, other) => other !== index)
        const atMost = total.about + 2 - others.reduce((sum, each) => sum + least(each), 0)
        const isHidden = atMost >= rule.least - 1 && others.some(each => each.kind === 'too-small')
        return isHidden ? [] : [`count ${index} can be calculated`]
      })
      // Not by `expect`: twenty thousand of them take ten times as long as all that is judged.
      if (tooMuch.length > 0) throw new Error(tooMuch.join(', '))
    }),
    { numRuns: 20_000 },
  )
})

test('the same counts are shown the same every day, so seeing them twice tells no more than once', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 30 }), { maxLength: 12 }), counts => {
      expect(decideSuppression(counts, rule)).toEqual(decideSuppression([...counts], rule))
    }),
  )
})
