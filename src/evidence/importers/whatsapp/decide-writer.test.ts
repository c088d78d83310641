import { expect, test } from 'vitest'
import { decideWriter, type LineSigns } from './decide-writer.ts'

const either = [true, false]
const everyLine: readonly LineSigns[] = either.flatMap(hasAuthor =>
  either.flatMap(hasMark =>
    either.flatMap(isMarkedExport =>
      (['whole', 'in part', null] as const).map(phrase => ({ hasAuthor, hasMark, isMarkedExport, phrase })),
    ),
  ),
)

test('only a whole phrase takes words away from anybody', () => {
  for (const line of everyLine)
    if (decideWriter(line).answer === 'yes') expect(line.phrase, JSON.stringify(line)).toBe('whole')
})

test('an invisible mark never decides anything by itself: with a name before it the words stay undecided', () => {
  for (const line of everyLine)
    if (line.hasAuthor && line.phrase !== 'whole') expect(decideWriter(line).answer).not.toBe('yes')
})

test('a phrase under a name is the app’s only behind the mark, and only where the app sets that mark', () => {
  const underName = everyLine.filter(line => line.hasAuthor && line.phrase === 'whole')
  for (const line of underName)
    expect(decideWriter(line)).toEqual({
      answer: line.hasMark && line.isMarkedExport ? 'yes' : 'not decided',
      basis: 'phrase',
    })
})

test('a line that names nobody is not the app’s for that reason: a header can be pasted', () => {
  for (const line of everyLine.filter(each => !each.hasAuthor && each.phrase === null))
    expect(decideWriter(line)).toEqual({ answer: 'not decided', basis: 'no-author' })
})

test('words are a person’s when a name stands before them and nothing speaks for the app, and only then', () => {
  for (const line of everyLine)
    expect(decideWriter(line).answer === 'no').toBe(line.hasAuthor && !line.hasMark && line.phrase === null)
})
