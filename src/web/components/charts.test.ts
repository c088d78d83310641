import { expect, test } from 'vitest'
import { barChart } from './bar-chart.ts'
import { hourGrid } from './hour-grid.ts'

const bars = [
  { label: '3 Mar', count: 0, words: 'Week of 3 March: 0' },
  { label: '', count: 12, words: 'Week of 10 March: 12' },
  { label: '17 Mar', count: 3, words: 'Week of 17 March: 3' },
]
const week = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map(name => ({
  name,
  counts: Array.from({ length: 24 }, (_, hour) => (hour === 3 ? 8 : hour === 4 ? 1 : 0)),
}))

test('a bar chart has a name and a description for those who cannot see it', () => {
  const { markup } = barChart({ id: 'tempo', title: 'Messages a week', description: 'Most in March.', bars })
  expect(markup).toContain('role="img"')
  expect(markup).toContain('aria-labelledby="tempo-title tempo-description"')
  expect(markup).toContain('<title id="tempo-title">Messages a week</title>')
  expect(markup).toContain('<desc id="tempo-description">Most in March.</desc>')
})

test('each bar is as tall as its count says, and none leaves the picture', () => {
  const { markup } = barChart({ id: 'tempo', title: 't', description: 'd', bars })
  const tall = [...markup.matchAll(/<rect[^>]* height="([\d.]+)"/g)].map(match => Number(match[1]))
  expect(tall[0]).toBe(0)
  expect((tall[1] ?? 0) / (tall[2] ?? 1)).toBeCloseTo(4, 1)
  expect(Math.max(...tall)).toBeLessThanOrEqual(208)
})

test('a chart of nothing is still a picture', () => {
  expect(barChart({ id: 'a', title: 't', description: 'd', bars: [] }).markup).not.toContain('NaN')
  expect(hourGrid({ id: 'b', title: 't', description: 'd', days: [] }).markup).not.toContain('NaN')
})

test('a week has one cell for every hour, and the busiest hour is the darkest', () => {
  const { markup } = hourGrid({ id: 'hours', title: 't', description: 'd', days: week })
  expect(markup.match(/<rect/g)).toHaveLength(7 * 24)
  expect(markup).toContain('<title>Monday 03:00 to 04:00: 8</title><rect class="chart__cell chart__cell--4"')
  expect(markup).toContain('<title>Monday 04:00 to 05:00: 1</title><rect class="chart__cell chart__cell--1"')
  expect(markup).toContain('<title>Monday 05:00 to 06:00: 0</title><rect class="chart__cell chart__cell--0"')
})

test('no picture carries a style that the content security policy would refuse', () => {
  const both = barChart({ id: 'a', title: 't', description: 'd', bars }).markup
  const grid = hourGrid({ id: 'b', title: 't', description: 'd', days: week }).markup
  expect(`${both}${grid}`).not.toMatch(/style=|<style|fill="/)
})
