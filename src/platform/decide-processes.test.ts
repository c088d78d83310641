import { expect, test } from 'vitest'
import { decideProcesses, mostProcesses, shareConnections } from './decide-processes.ts'

const gibibyte = 1024 ** 3

test.each([
  ['the smallest machine that a clinic is served on', 2, 4, 1],
  ['one with four cores', 4, 16, 3],
  ['a small one with many cores', 4, 2, 1],
  ['a large one', 64, 256, 8],
  ['one core', 1, 64, 1],
])('%s', (_what, cores, gibibytes, processes) => {
  expect(decideProcesses({ cores, memory: gibibytes * gibibyte })).toBe(processes)
})

test('connections to the database are no more in all than a server of the usual size lets in, beside the program’s own', () => {
  for (let processes = 1; processes <= mostProcesses; processes += 1) {
    const each = shareConnections(processes)
    expect(each).toBeGreaterThan(4) // tries that are counted at once hold one each
    expect(each * processes).toBeLessThanOrEqual(80)
  }
})
