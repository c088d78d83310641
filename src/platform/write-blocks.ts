import { randomBytes } from 'node:crypto'
import { blockBytes, roundedBlocks } from '../foundation/blocks/block.ts'
import type { BlockSink } from '../foundation/blocks/write-pages.ts'

/** Blocks sent in one statement. */
const blocksAtOnce = 128

/** After so many blocks what waits to go out goes out. */
const blocksBetween = 16

/** How the blocks of one generation are sealed and kept. */
export type BlockKeeping = {
  readonly seal: (number: number, block: Buffer) => Buffer
  /** Keeps sealed blocks, one behind the other from this number on. */
  readonly add: (from: number, bodies: readonly Buffer[]) => Promise<void>
}

/**
 * Writes the blocks that are built, sealed and filled up to the rounded length of a generation. The first block, which says
 * where the others lie, is kept last. Work of others goes on between.
 */
export async function writeBlocks(
  { seal, add }: BlockKeeping,
  build: (sink: BlockSink) => Promise<number>,
): Promise<void> {
  let from = 1
  let waiting: Buffer[] = []
  let sending: Promise<void> = Promise.resolve()
  // The next blocks are packed and sealed while the server writes these.
  const send = async (): Promise<void> => {
    await sending
    if (waiting.length === 0) return
    sending = add(from, waiting)
    sending.catch(() => {}) // anyone who waits for it hears of it
    from += waiting.length
    waiting = []
  }
  const put = async (body: Buffer): Promise<void> => {
    waiting.push(body)
    if (waiting.length >= blocksAtOnce) await send()
    else if (waiting.length % blocksBetween === 0) await new Promise(setImmediate)
  }
  let first: Buffer = Buffer.alloc(0)
  const blocks = await build(async (number, block) => {
    const body = seal(number, block)
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
  await add(0, [first])
}
