import { withCase } from '../../audit/operations/access-case.ts'
import { recordAct } from '../../audit/operations/record-act.ts'
import type { BundleId, CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { JobEnd, SetAside } from '../../platform/jobs.ts'
import { loadBundles, saveFailure } from '../store.ts'

const words: Readonly<Record<SetAside, string>> = {
  stopped:
    'The bundle could not be built: building it ended the program’s work twice, so it is not tried again by itself. ' +
    'Nothing has left. The administrator can start it again or cancel it.',
  cancelled:
    'The bundle could not be built: the administrator cancelled it. Nothing has left. Ask for the bundle again, ' +
    'perhaps with fewer exhibits.',
}

/** Says of a bundle that it was not built, because building it ended the program twice or a person cancelled it. */
export async function setBundleAside(
  clinic: Clinic,
  caseId: CaseId,
  bundleId: BundleId,
  why: SetAside,
): Promise<JobEnd> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'job-build-bundle' } as const
  const access = { caseId, part: 'bundle', mode: 'write' } as const
  const end = await withCase(clinic.database, actor, access, async transaction => {
    const bundle = (await loadBundles(transaction, caseId)).find(each => each.bundleId === bundleId)
    if (!bundle) return 'not-found'
    if (!['building', 'failed'].includes(bundle.state)) return 'rightly-nothing'
    await saveFailure(transaction, caseId, bundleId, words[why])
    await recordAct(transaction, {
      verb: 'bundle-not-built',
      caseId,
      part: 'bundle',
      subject: bundleId,
      detail: { because: why },
    })
    return 'done'
  })
  return end ?? 'not-found'
}
