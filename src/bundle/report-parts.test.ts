import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sampleRow } from '../../test/support/sample-bundle.ts'
import type { ChronologyRow } from './report-data.ts'
import { cutRow, mostParts, planParts, printedSources, printedText } from './report-parts.ts'

type Made = { readonly row: ChronologyRow; readonly isIncident: boolean }

const make = (lengths: readonly number[], incidentEvery: number): readonly Made[] =>
  lengths.map((length, index) => ({
    row: { ...sampleRow, number: index + 1, what: 'x'.repeat(length) },
    isIncident: index % incidentEvery === 0,
  }))

function plan(rows: readonly Made[]) {
  const parts = planParts()
  for (const { row, isIncident } of rows) parts.add(row, isIncident)
  return parts.plan()
}

test('every row is in one printed part and no part is more than a typesetter takes; past two parts the incidents are printed', () => {
  const length = fc.oneof(fc.nat(300), fc.constant(19_000), fc.constant(5_000_000))
  const worlds = fc.record({
    lengths: fc.oneof(
      fc.array(length, { maxLength: 40 }),
      fc.array(fc.constant(19_000), { minLength: 900, maxLength: 1300 }),
      fc.integer({ min: 1400, max: 4600 }).map(count => Array<number>(count).fill(20)),
    ),
    incidentEvery: fc.integer({ min: 1, max: 40 }),
  })
  fc.assert(
    fc.property(worlds, ({ lengths, incidentEvery }) => {
      const rows = make(lengths, incidentEvery)
      const { printed, ends } = plan(rows)
      const going = rows.filter(({ isIncident }) => printed === 'all' || isIncident)
      expect(ends.at(-1)).toBe(going.at(-1)?.row.number ?? 0)
      expect(ends.toSorted((a, b) => a - b)).toEqual(ends)
      const parts = ends.map((end, index) =>
        going.filter(({ row }) => row.number > (ends[index - 1] ?? 0) && row.number <= end),
      )
      for (const part of parts) {
        const text = part.reduce((sum, { row }) => sum + cutRow(row).what.length, 0)
        expect(part.length).toBeLessThanOrEqual(1500)
        expect(text).toBeLessThanOrEqual(1_000_000 + printedText)
      }
      expect(parts.every(part => part.length > 0) || going.length === 0).toBe(true)
      if (printed === 'all') expect(ends.length).toBeLessThanOrEqual(mostParts)
    }),
    { numRuns: 40 },
  )
  expect(plan(make(Array<number>(3000).fill(20), 400)).printed).toBe('all')
  expect(plan(make(Array<number>(3001).fill(20), 400)).printed).toBe('incidents')
  expect(plan(make(Array<number>(1200).fill(19_000), 400)).printed).toBe('incidents')
})

test('what is too long for paper is cut, says so, and never through a letter', () => {
  const source = { exhibit: 'ABC/1', place: 'line 3' }
  const long = cutRow({
    ...sampleRow,
    what: `${'a'.repeat(printedText - 1)}🔪${'b'.repeat(10)}`,
    sources: Array<typeof source>(printedSources + 7).fill(source),
  })
  expect(long.what).toMatch(/^a+ \[…\] \[Cut here for print: 12 characters more in chronology\.csv\]$/)
  expect(long.sources).toHaveLength(printedSources + 1)
  expect(long.sources.at(-1)).toEqual({ exhibit: 'and 7 more', place: 'see row 1 in chronology.csv' })
  expect(cutRow(sampleRow)).toEqual(sampleRow)
})
