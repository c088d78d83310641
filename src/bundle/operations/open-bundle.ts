import type { Readable } from 'node:stream'
import { withCase } from '../../audit/operations/access-case.ts'
import { recordAct } from '../../audit/operations/record-act.ts'
import { appendCustody } from '../../evidence/operations/append-custody.ts'
import { type OnOpenCase, openCaseKey, openStored } from '../../evidence/operations/open-original.ts'
import { parseSha256 } from '../../foundation/digest.ts'
import type { BundleId, CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Actor } from '../../platform/database.ts'
import { loadBundles } from '../store.ts'

export type OpenedBundle = { readonly name: string; readonly size: number; readonly body: Readable }

/**
 * Opens a ready bundle for somebody who may have it. A line of custody and an act are kept before the first byte
 * leaves. Null when there is no such bundle, it is not ready, or it is not for this reader.
 *
 * @param onCase where the case is opened for its bundles already; it commits before it answers
 */
export async function openBundle(
  clinic: Clinic,
  actor: Actor,
  caseId: CaseId,
  bundleId: BundleId,
  onCase: OnOpenCase = work =>
    withCase(clinic.database, actor, { caseId, part: 'bundle', mode: 'read' }, work),
): Promise<OpenedBundle | null> {
  const found = await onCase(async transaction => {
    const [bundle] = await loadBundles(transaction, caseId, { bundleId })
    const sha256 = parseSha256(bundle?.sha256 ?? '')
    if (bundle?.state !== 'ready' || !bundle.blobId || !bundle.fileName || bundle.size === null || !sha256)
      return null
    await appendCustody(clinic, transaction, caseId, [
      { act: 'bundle-handed-out', item: null, detail: { bundle: bundleId, sha256 } },
    ])
    await recordAct(transaction, { verb: 'bundle-downloaded', caseId, part: 'bundle', subject: bundleId })
    const { blobId, size } = bundle
    const caseKey = await openCaseKey(clinic, transaction, caseId)
    return { name: bundle.fileName, caseKey, file: { blobId, sha256, size } }
  })
  if (!found) return null
  const body = await openStored(clinic, caseId, found.caseKey, found.file)
  return { name: found.name, size: found.file.size, body }
}
