import { expect, test } from 'vitest'
import { readBag } from './read-bag.ts'

const piece = Buffer.alloc(1024 * 1024, 'x')
const pieces = 70

test('a file that the checks need is kept whole where it has more than 64 MB, as the excerpt of many bundles has', async () => {
  const entry = (path: string) => ({ path, kind: 'file' as const, size: pieces * piece.length })
  const reader = {
    list: async () => [entry('data/needed'), entry('data/other')],
    open: async function* () {
      for (let each = 0; each < pieces; each += 1) yield piece
    },
  }
  const { files } = await readBag(reader, path => path === 'data/needed')
  expect(files.get('data/needed')?.content?.length).toBe(pieces * piece.length)
  expect(files.get('data/other')?.bytes).toBe(pieces * piece.length)
  expect(files.get('data/other')?.content).toBeNull()
})
