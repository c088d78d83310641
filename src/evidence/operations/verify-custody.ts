import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { parseCheckpoint } from '../checkpoint.ts'
import { isSignedBy } from '../checkpoint-key.ts'
import { clinicSigner, custodyOrigin } from '../clinic-signer.ts'
import { type CustodyLine, parseCustodyLine } from '../custody-line.ts'
import { verifyCustodyLog } from '../custody-log-verify.ts'
import { type KeptLine, loadCustodyLines, loadHead } from '../custody-store.ts'

/** What a check of a whole custody log came to. No problem at all means that it is whole and signed by this clinic. */
export type CustodyCheck = {
  readonly lines: readonly CustodyLine[]
  readonly checkpoint: string
  readonly problems: readonly string[]
}

/**
 * Checks the whole custody log of a case against its signed head and lists every problem. The case must be open for
 * its evidence. A log and a head that were both rewritten agree with one another: only a receipt that is held
 * elsewhere can show that.
 */
export async function verifyCustody(
  clinic: Pick<Clinic, 'clinicId' | 'key'>,
  transaction: Transaction,
  caseId: CaseId,
): Promise<CustodyCheck> {
  const head = await loadHead(transaction, caseId)
  const kept = await loadCustodyLines(transaction, caseId)
  const lines = kept.flatMap(({ line }) => readLine(line) ?? [])
  if (!head || head.checkpoint === '') {
    const missing = kept.length > 0 ? ['The log has lines but no head.'] : []
    return { lines, checkpoint: '', problems: missing }
  }
  const signed = parseCheckpoint(head.checkpoint)
  const problems: string[] = []
  if (!signed) problems.push('The head of the log cannot be read.')
  else if (!isSignedBy(signed, clinicSigner(clinic.key, clinic.clinicId)))
    problems.push('The head of the log is not signed by this clinic.')
  if (signed && signed.checkpoint.origin !== custodyOrigin(clinic.clinicId, caseId))
    problems.push('The head belongs to the log of another case.')
  const texts = kept.map(line => line.line)
  for (const problem of verifyCustodyLog(texts, signed?.checkpoint)) problems.push(problem.message)
  problems.push(...verifyColumns(kept))
  return { lines, checkpoint: head.checkpoint, problems }
}

/** What stands beside a line in its row must say the same as the line. */
function verifyColumns(kept: readonly KeptLine[]): readonly string[] {
  return kept.flatMap(({ sequence }, index) =>
    sequence === index ? [] : [`The row at place ${index} is numbered ${sequence}.`],
  )
}

function readLine(text: string): CustodyLine | null {
  try {
    return parseCustodyLine(JSON.parse(text))
  } catch {
    return null
  }
}
