import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { parseCheckpoint } from '../checkpoint.ts'
import { isSignedBy } from '../checkpoint-key.ts'
import { clinicSigner, custodyOrigin } from '../clinic-signer.ts'
import { readCustodyLine } from '../custody-line.ts'
import { startCustodyLogCheck } from '../custody-log-verify.ts'
import { loadHead, readCustodyLines } from '../custody-store.ts'

/** What a check of a whole custody log came to. No problem at all means that it is whole and signed by this clinic. */
export type CustodyCheck = {
  /** How many lines were checked. */
  readonly size: number
  /** When the last of them was written; null where there is none, or it cannot be read. */
  readonly lastAt: Date | null
  readonly problems: readonly string[]
}

/**
 * Checks the whole custody log of a case against its signed head and lists every problem. It is read through a stretch at a
 * time, and nothing of it is kept. The case must be open for its evidence. A log and a head that were both rewritten agree
 * with one another: only a receipt that is held elsewhere can show that.
 */
export async function verifyCustody(
  clinic: Pick<Clinic, 'clinicId' | 'key'>,
  transaction: Transaction,
  caseId: CaseId,
): Promise<CustodyCheck> {
  const head = await loadHead(transaction, caseId)
  const check = startCustodyLogCheck()
  const misnumbered: string[] = []
  let size = 0
  let last = ''
  for await (const { sequence, line } of readCustodyLines(transaction, caseId)) {
    // What stands beside a line in its row must say the same as the line.
    if (sequence !== size) misnumbered.push(`The row at place ${size} is numbered ${sequence}.`)
    check.take(line)
    last = line
    size += 1
  }
  const at = readCustodyLine(last)?.at
  const lastAt = at === undefined ? null : new Date(at)
  if (!head || head.checkpoint === '')
    return { size, lastAt, problems: size > 0 ? ['The log has lines but no head.'] : [] }
  const signed = parseCheckpoint(head.checkpoint)
  const problems: string[] = []
  if (!signed) problems.push('The head of the log cannot be read.')
  else if (!isSignedBy(signed, clinicSigner(clinic.key, clinic.clinicId)))
    problems.push('The head of the log is not signed by this clinic.')
  if (signed && signed.checkpoint.origin !== custodyOrigin(clinic.clinicId, caseId))
    problems.push('The head belongs to the log of another case.')
  for (const problem of check.end(signed?.checkpoint)) problems.push(problem.message)
  problems.push(...misnumbered)
  return { size, lastAt, problems }
}
