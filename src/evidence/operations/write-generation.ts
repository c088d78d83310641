import { randomUUID } from 'node:crypto'
import { caseSealOf } from '../../cases/operations/open-case-seal.ts'
import type { BlockSink } from '../../foundation/blocks/write-pages.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { writeBlocks } from '../../platform/write-blocks.ts'
import { addRecordBlocks } from '../record-store.ts'
import { blockField } from '../records/stored-root.ts'

/** Writes one generation, sealed and filled up to its rounded length; answers its id. Nobody sees it until a root names it. */
export async function writeGeneration(
  transaction: Transaction,
  caseId: CaseId,
  build: (sink: BlockSink) => Promise<number>,
): Promise<string> {
  const seal = await caseSealOf(transaction, caseId)
  const id = randomUUID()
  const keeping = {
    seal: (number: number, block: Buffer) => seal.sealBytes(blockField(id, number), block),
    add: (from: number, bodies: readonly Buffer[]) => addRecordBlocks(transaction, caseId, id, from, bodies),
  }
  await writeBlocks(keeping, build)
  return id
}
