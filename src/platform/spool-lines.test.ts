import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anyText } from '../../test/support/any-text.ts'
import { spoolLines } from './spool-lines.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spool-lines-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function* each<Value>(values: readonly Value[]): AsyncGenerator<Value> {
  yield* values
}

test('what was laid aside comes again as it was, as often as it is read, and leaves nothing behind', async () => {
  const text = fc.oneof(anyText(), fc.constant('\n\r\u2028"\\'), fc.constant('ß'.repeat(70_000)))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ text }), { maxLength: 12 }), async values => {
      const laid = await spoolLines(folder, each(values))
      for (let time = 0; time < 2; time += 1) {
        const again: unknown[] = []
        for await (const value of laid.read()) again.push(value)
        expect(again).toEqual(JSON.parse(JSON.stringify(values)))
      }
      expect(laid.count).toBe(values.length)
      await laid.close()
    }),
    { numRuns: 60 },
  )
  expect(await readdir(folder)).toEqual([])
})
