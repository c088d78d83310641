import type { Job } from '../platform/jobs.ts'
import { keepNames } from './operations/keep-names.ts'

/** What the room does by itself: it takes the names of files that were opened into the blocks in which they are looked up. */
export const caseJobs: readonly Job<'keep-names'>[] = [
  {
    name: 'keep-names',
    work: async (clinic, payload) => keepNames(clinic, payload['again'] === 'yes'),
    // What is not taken in is compared one by one, so nothing depends on it but how long a check takes.
    setAside: async () => 'rightly-nothing',
  },
]
