import { type BundleId, type CaseId, parseId } from '../foundation/ids.ts'
import { Fault } from '../platform/fault.ts'
import type { Job, JobPayload } from '../platform/jobs.ts'
import { buildBundleFile } from './operations/build-bundle-file.ts'
import { setBundleAside } from './operations/set-bundle-aside.ts'

function read(payload: JobPayload): { readonly caseId: CaseId; readonly bundleId: BundleId } {
  const caseId = parseId<CaseId>(payload['caseId'] ?? '')
  const bundleId = parseId<BundleId>(payload['bundleId'] ?? '')
  if (!caseId || !bundleId) throw new Fault('job-payload', 'A bundle job names no bundle.')
  return { caseId, bundleId }
}

/** An approved bundle is built by the queue: it may take minutes, and survives a crash. */
export const bundleJobs: readonly Job<'build-bundle'>[] = [
  {
    name: 'build-bundle',
    isHeavy: true,
    work: async (clinic, payload) => {
      const { caseId, bundleId } = read(payload)
      return buildBundleFile(clinic, caseId, bundleId)
    },
    setAside: async (clinic, payload, why) => {
      const { caseId, bundleId } = read(payload)
      return setBundleAside(clinic, caseId, bundleId, why)
    },
  },
]
