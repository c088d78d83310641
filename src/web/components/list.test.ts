import { expect, test } from 'vitest'
import {
  linesOnAPage,
  makePageOfList,
  mostCounted,
  pageOfShortList,
  readPlaceInList,
} from '../../foundation/page-of-list.ts'
import { listChoice } from './list-choice.ts'
import { listCount, listPages } from './list-pages.ts'
import { listTable } from './list-table.ts'

const id = (number: number): string => `00000000-0000-0000-0000-${String(number).padStart(12, '0')}`
/** A page of a list of so many lines, as the database answers: it counts one more than the most, and stops there. */
function pageOf(many: number, page: number, after: string | null = null) {
  const counted = Math.min(many, mostCounted + 1)
  const lines = Math.min(many, mostCounted)
  const start = Math.min(page - 1, Math.max(0, Math.ceil(lines / linesOnAPage) - 1)) * linesOnAPage
  const rows = Array.from({ length: Math.min(linesOnAPage, lines - start) }, (_, index) => ({
    place: start + index + 1,
    counted,
  }))
  const of = ({ place }: { readonly place: number }) => id(place)
  return makePageOfList(rows, { page, after }, of, of)
}
const said = (list: ReturnType<typeof pageOf>) =>
  listCount({ list, one: 'case', many: 'cases' }).markup.replace(/<[^>]+>/g, '')
const linksOf = (list: ReturnType<typeof pageOf>) =>
  [
    ...listPages({ list, one: 'case', many: 'cases', address: '/cases', chosen: { urgency: 'today' } })
      .markup.replaceAll('&amp;', '&')
      .matchAll(/href="([^"]+)"/g),
  ].map(match => match[1])

test('a list says how many lines there are, and which of them it shows', () => {
  expect(said(pageOf(0, 1))).toBe('0 cases')
  expect(said(pageOf(1, 1))).toBe('1 case')
  expect(said(pageOf(25, 1))).toBe('25 cases')
  expect(said(pageOf(26, 2))).toBe('Showing 26 to 26 of 26 cases')
  expect(said(pageOf(1000, 40))).toBe('Showing 976 to 1,000 of 1,000 cases')
  expect(said(pageOf(1001, 1))).toBe('Showing 1 to 25 of more than 1,000 cases')
  expect(said(pageOf(30, 2, id(7)))).toBe('Showing 26 to 30 of 30 cases, further on in the list')
})

test('pages keep what was chosen, and lead to the first, the last and their neighbours', () => {
  expect(linksOf(pageOf(20, 1))).toEqual([])
  expect(linksOf(pageOf(250, 5))).toEqual(
    [4, 1, 4, 5, 6, 10, 6].map(page => `/cases?urgency=today${page === 1 ? '' : `&page=${page}`}`),
  )
})

test('where more lines than are counted end, the list goes on, and leads back', () => {
  expect(linksOf(pageOf(5000, 40)).at(-1)).toBe(`/cases?urgency=today&after=${id(1000)}`)
  expect(linksOf(pageOf(1000, 40)).at(-1)).toBe('/cases?urgency=today&page=40')
  expect(linksOf(pageOf(60, 1, id(1000)))).toEqual([
    ...[1, 2, 3, 2].map(page => `/cases?urgency=today&after=${id(1000)}${page === 1 ? '' : `&page=${page}`}`),
    '/cases?urgency=today',
  ])
})

test('a page that is asked for in words, or far behind the end, is one that is there', () => {
  const read = (query: string) => readPlaceInList(name => new URLSearchParams(query).get(name))
  expect(read('page=0&after=1%20or%201')).toEqual({ page: 1, after: null })
  expect(read(`page=12&after=${id(3)}`)).toEqual({ page: 12, after: id(3) })
  expect(pageOfShortList([1, 2, 3], read('page=9'))).toMatchObject({ lines: [1, 2, 3], page: 1, from: 1 })
  expect(pageOfShortList([], read('page=9'))).toMatchObject({ lines: [], from: 0, count: 0 })
})

test('every value of a line names its heading where the headings are out of sight, and nothing typed is markup', () => {
  const { markup } = listTable({
    caption: 'Cases',
    head: ['Client', 'Case'],
    rows: [[{ text: '<b>Ana</b>' }, { text: 'A' }]],
  })
  expect(markup.match(/list-table__heading" aria-hidden="true">(Client|Case)</g)).toHaveLength(2)
  expect(markup).toContain('&lt;b&gt;Ana')
  const form = listChoice({
    address: '/cases',
    hidden: { closed: 'yes', none: '' },
    choices: [{ name: 'order', label: 'Order', value: 'b', items: [{ value: 'b', text: 'B' }] }],
  }).markup
  expect(form).toContain('<input type="hidden" name="closed" value="yes">')
  expect(form).not.toContain('name="none"')
  expect(form).toMatch(/<option value="b" selected/)
})
