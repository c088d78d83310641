import { randomBytes } from 'node:crypto'
import type { Json } from '../../foundation/canonical-json.ts'
import type { Sha256 } from '../../foundation/digest.ts'
import type { CaseId, ItemId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { signCheckpoint } from '../checkpoint-key.ts'
import { clinicSigner, custodyOrigin } from '../clinic-signer.ts'
import type { CustodyAct } from '../custody-act.ts'
import { appendCustodyLine, type CustodyHead, newCustodyLog } from '../custody-log.ts'
import { addCustodyLines, type KeptHead, type KeptLine, lockHead } from '../custody-store.ts'

/** One touch of an item, or of the whole case when `item` is null. */
export type CustodyTouch = {
  readonly act: CustodyAct
  readonly item: { readonly itemId: ItemId; readonly sha256: Sha256 } | null
  readonly detail?: { readonly [name: string]: Json }
}

/** The log's head after the touches were written: its size and its signed checkpoint, and the time it speaks of. */
export type CustodyState = {
  readonly size: number
  readonly checkpoint: string
  readonly at: string
  /** The lines that were written, as they are stored. */
  readonly texts: readonly string[]
}

/** What is kept of a log between two lines: the engine's head, and the time of the last line. */
type KeptState = CustodyHead & { readonly at: string }

/**
 * Writes what happened to evidence into the custody log of its case, in the transaction of the act itself: both are
 * kept, or neither. The case must be open for its evidence or its bundles. Lines of one case are written one after
 * another: a second transaction waits until the first has ended.
 */
export async function appendCustody(
  clinic: Pick<Clinic, 'clinicId' | 'key'>,
  transaction: Transaction,
  caseId: CaseId,
  touches: readonly CustodyTouch[],
): Promise<CustodyState> {
  const kept = await lockHead(transaction, caseId)
  const names = kept.names ?? nameTask(transaction)
  const before = kept.size === 0 ? null : (kept.state as KeptState)
  // A transaction that began earlier may come to the lock later; the log's time never runs back for that.
  const at = latest(transaction.now.toISOString(), before?.at)
  let head: CustodyHead = before ?? newCustodyLog
  const lines: KeptLine[] = []
  let root = ''
  for (const { act, item, detail } of touches) {
    const salt = randomBytes(16).toString('hex')
    const entry = { at, actor: names, act, item: item?.sha256 ?? null, detail: detail ?? {}, salt }
    const written = appendCustodyLine(head, entry)
    lines.push({ sequence: written.line.sequence, itemId: item?.itemId ?? null, line: written.text })
    head = written.head
    root = written.root
  }
  if (root === '') {
    const { size, checkpoint } = kept
    return { size, checkpoint, at: before?.at ?? at, texts: [] }
  }
  const origin = custodyOrigin(clinic.clinicId, caseId)
  const checkpoint = signCheckpoint(
    { origin, size: head.frontier.size, root: root as Sha256 },
    clinicSigner(clinic.key, clinic.clinicId),
  )
  const next: KeptHead = { size: head.frontier.size, state: { ...head, at }, checkpoint }
  await addCustodyLines(transaction, caseId, lines, next)
  return { size: next.size, checkpoint, at, texts: lines.map(({ line }) => line) }
}

function nameTask(transaction: Transaction): { readonly person: string; readonly agency: string } {
  return {
    person: transaction.actor.kind === 'task' ? `the program, ${transaction.actor.task}` : 'unknown',
    agency: 'the clinic',
  }
}

const latest = (now: string, before: string | undefined): string =>
  before !== undefined && before > now ? before : now
