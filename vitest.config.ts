import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { defineConfig } from 'vitest/config'

/**
 * Whole stories with a browser, programs that are killed, and those who try every door take longest: begun first,
 * nothing waits for them at the end.
 */
const longest = [
  'test/kill/',
  'test/offered.test.ts',
  'test/routes.test.ts',
  'test/journeys/',
  'test/ways.test.ts',
  'test/weight-of-acts.test.ts',
  'src/bundle/verify-adversary.test.ts',
  'src/bundle/verify-page/',
  'src/portal/two-worlds.test.ts',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = (file: TestSpecification) => longest.findIndex(part => file.moduleId.includes(part))
    const sorted = await super.sort(files)
    const long = sorted.filter(file => rank(file) >= 0).sort((one, other) => rank(one) - rank(other))
    return [...long, ...sorted.filter(file => rank(file) < 0)]
  }
}

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'threads',
    // A test waits about half of its time, for the database, a browser or a program: three keep two cores busy.
    maxWorkers: 3,
    // A thread loads each module once and keeps it for its next file: loading took a quarter of the run. No test may
    // change what a module keeps, and none needs to, since every file opens a clinic of its own.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ['default'],
  },
})
