import { setFlagsFromString } from 'node:v8'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { defineConfig } from 'vitest/config'

/**
 * How much of a function must have run before it is translated for speed, in bytes of its bytecode: seven times what is
 * usual. Each of the workers translates the same functions for itself, in threads beside, and most of them run for seconds:
 * with what is usual that took a quarter of all processor time of a run. What is hot is still translated at once.
 */
setFlagsFromString('--interrupt-budget=500000')

/**
 * What takes longest, begun first: nothing waits for it at the end. Those that keep a processor busy and those that mostly
 * wait, for a server that was killed or a program that starts, take turns, so that there is always work for both.
 */
const longest = [
  'test/journeys/crawl.test.ts',
  'test/kill/database-bad-day.test.ts',
  'test/journeys/walk.test.ts',
  // It loads the program anew for each of its servers, and whatever its worker had loaded: first, that is nothing yet.
  'src/identity/operations/guesses-at-two-servers.test.ts',
  'test/kill/serve.test.ts',
  // From here on the case that the first of them plays is there to be copied.
  'test/offered.test.ts',
  'test/kill/intake.test.ts',
  'test/journeys/map-and-figures.test.ts',
  'test/routes.test.ts',
  'test/kill/',
  'src/bundle/verify-page/',
  'test/weight-of-acts.test.ts',
  'test/journeys/',
  'src/bundle/verify-adversary.test.ts',
  'src/access-map/operations/client-word.test.ts',
  'src/evidence/operations/bounded-reading.test.ts',
  'src/evidence/intake-stream.test.ts',
  'test/channels.test.ts',
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
    // A test waits for more than half of its time, for the database, a browser or a program: with three workers two
    // cores were idle for a fifth of the run.
    maxWorkers: 4,
    // A thread loads each module once and keeps it for its next file: loading took a quarter of the run. No test may
    // change what a module keeps, and none needs to, since every file opens a clinic of its own.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    // The case of the journeys is played in a hook, and the other workers wait for it: on a busy machine for minutes.
    hookTimeout: 240_000,
    reporters: ['default'],
  },
})
