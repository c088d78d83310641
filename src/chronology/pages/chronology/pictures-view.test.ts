import { expect, test } from 'vitest'
import { countByHourOfWeek } from '../../clock-pattern.ts'
import { countPerWeek } from '../../tempo.ts'
import { picturesView } from './pictures-view.ts'

const picturesOf = (hour: string, counted: number) => ({
  records: countPerWeek([{ hour, counted }]),
  recordHours: countByHourOfWeek([]),
  incidents: countPerWeek([]),
})

test('pictures are drawn once while the counts in them stay the same, and again for any other count', () => {
  const first = picturesView(picturesOf('2026-03-02T10', 3))
  expect(picturesView(picturesOf('2026-03-02T10', 3))).toBe(first)
  const more = picturesView(picturesOf('2026-03-02T10', 4))
  expect(more.markup).toContain('Week of 2 March 2026: 4')
  expect(first.markup).toContain('Week of 2 March 2026: 3')
  expect(picturesView(picturesOf('2026-03-09T10', 3)).markup).not.toBe(first.markup)
})
