import { clinicSigner } from '../../evidence/clinic-signer.ts'
import { readCustodyLine } from '../../evidence/custody-line.ts'
import { bindCustody } from '../../evidence/operations/bind-custody.ts'
import { signDigest } from '../../evidence/signed-digest.ts'
import type { CaseId, ItemId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import { bindingLines, boundSize } from '../binding-lines.ts'
import type { SignedParts } from '../build.ts'
import type { BundleInput } from '../bundle-input.ts'
import type { PreparedFile } from '../prepared-file.ts'
import { stateBundle } from '../state-bundle.ts'

/**
 * States a bundle, signs the statement, and binds it into the custody log of an open case: one line for the whole
 * bundle, one for each exhibit. If an earlier try to build the same bundle bound the same statement, its lines stay
 * and nothing is written. If something changed since then, what was stated never left the clinic, and the bundle is
 * stated again.
 *
 * @param itemIds which item each digest of the log is
 */
export async function bindBundle(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  input: BundleInput,
  files: readonly PreparedFile[],
  itemIds: ReadonlyMap<string, ItemId>,
): Promise<SignedParts> {
  const bound = await bindCustody(clinic, transaction, caseId, log => {
    const before = findBound(log.texts, input.bundleId)
    if (before) {
      const again = stateBundle(input, files, { ...log, texts: log.texts.slice(0, before.place) })
      if (again.digest === before.statement)
        return { ...again, origin: log.origin, size: boundSize(again.statement), touches: [] }
    }
    const stated = stateBundle(input, files, log)
    const touches = bindingLines(stated.statement, stated.digest).map(({ act, item, detail }) => {
      if (item === null) return { act, item, detail }
      const itemId = itemIds.get(item)
      if (!itemId) throw new Fault('bundle-item-missing', 'An exhibit of a bundle is no item of the case.')
      return { act, item: { itemId, sha256: item }, detail }
    })
    return { ...stated, origin: log.origin, size: boundSize(stated.statement), touches }
  })
  const { statement, digest, origin } = bound.decided
  const signer = clinicSigner(clinic.key, clinic.clinicId)
  return {
    statement,
    signature: signDigest({ kind: 'bundle-statement', origin, digest }, signer),
    texts: bound.texts,
    checkpoint: bound.checkpoint,
  }
}

/** Where this bundle was last bound into the log, and the digest of the statement it was bound with. */
function findBound(
  texts: readonly string[],
  bundleId: string,
): { readonly place: number; readonly statement: string } | null {
  const place = texts.findLastIndex(text => {
    // Each is one text, letter for letter, so that the thousands of other lines need not be read.
    if (!text.includes('"act":"bundle-stated"')) return false
    const line = readCustodyLine(text)
    return line?.act === 'bundle-stated' && line.detail['bundle'] === bundleId
  })
  const statement = readCustodyLine(texts[place] ?? '')?.detail['statement']
  return typeof statement === 'string' ? { place, statement } : null
}
