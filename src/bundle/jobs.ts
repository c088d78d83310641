import { type BundleId, type CaseId, parseId } from '../foundation/ids.ts'
import { Fault } from '../platform/fault.ts'
import type { Job } from '../platform/jobs.ts'
import { buildBundleFile } from './operations/build-bundle-file.ts'

/** An approved bundle is built by the queue: it may take minutes, and survives a crash. */
export const bundleJobs: readonly Job[] = [
  {
    name: 'build-bundle',
    work: async (clinic, payload) => {
      const caseId = parseId<CaseId>(payload['caseId'] ?? '')
      const bundleId = parseId<BundleId>(payload['bundleId'] ?? '')
      if (!caseId || !bundleId) throw new Fault('job-payload', 'A bundle job names no bundle.')
      await buildBundleFile(clinic, caseId, bundleId)
    },
  },
]
