import { randomBytes, randomUUID } from 'node:crypto'
import { caseSealOf } from '../../cases/operations/open-case-seal.ts'
import { blockBytes, roundedBlocks } from '../../foundation/blocks/block.ts'
import type { BlockSink } from '../../foundation/blocks/write-pages.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import { addRecordBlocks, endOnDisk } from '../record-store.ts'
import { blockField } from '../records/stored-root.ts'

/** Blocks sent in one statement. */
const blocksAtOnce = 128

/** After so many blocks what waits to go out goes out. */
const blocksBetween = 16

/** Writes one generation, sealed and filled up to its rounded length; answers its id. Nobody sees it until a root names it. */
export async function writeGeneration(
  transaction: Transaction,
  caseId: CaseId,
  build: (sink: BlockSink) => Promise<number>,
): Promise<string> {
  const seal = await caseSealOf(transaction, caseId)
  await endOnDisk(transaction)
  const id = randomUUID()
  let from = 1
  let waiting: Buffer[] = []
  let sending: Promise<void> = Promise.resolve()
  // The next blocks are packed and sealed while the server writes these.
  const send = async (): Promise<void> => {
    await sending
    if (waiting.length === 0) return
    sending = addRecordBlocks(transaction, caseId, id, from, waiting)
    sending.catch(() => {}) // whoever waits for it hears of it
    from += waiting.length
    waiting = []
  }
  const put = async (body: Buffer): Promise<void> => {
    waiting.push(body)
    if (waiting.length >= blocksAtOnce) await send()
    else if (waiting.length % blocksBetween === 0) await new Promise(setImmediate)
  }
  let first: Buffer | null = null
  const blocks = await build(async (number, block) => {
    const body = seal.sealBytes(blockField(id, number), block)
    if (number === 0) first = body
    else await put(body)
  })
  // What fills it up is as random as what is sealed, and begins as it does.
  for (let number = blocks; number < roundedBlocks(blocks); number += 1) {
    const body = randomBytes(blockBytes)
    body[0] = 1
    await put(body)
  }
  await send()
  await sending
  if (!first) throw new Fault('records-not-opened', 'A generation was written without its first block.')
  await addRecordBlocks(transaction, caseId, id, 0, [first])
  return id
}
