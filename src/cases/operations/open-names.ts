import { BrokenBlock } from '../../foundation/blocks/block-bytes.ts'
import type { BlockPlace, FetchBlocks } from '../../foundation/blocks/leaf-reader.ts'
import type { Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import { openBody, openBodyBytes, sealBody, sealBodyBytes } from '../../platform/seal-body.ts'
import { type NameGeneration, readFirstOfNames } from '../find-kept-names.ts'
import { type NameRoot, nameRootContent, noNames } from '../name-root.ts'

/** Thrown where a block is not there: its generation was replaced after the root was read, or somebody took it away. */
export class NamesGone extends Error {}

/** The place a block is sealed for: it opens in no other clinic, in no other generation and under no other number. */
const blockPlace = ({ actor }: Transaction, generation: string, number: number) =>
  ({ clinicId: actor.clinicId, kind: 'name-block', id: `${generation} ${number}` }) as const

const rootPlace = ({ actor }: Transaction) =>
  ({ clinicId: actor.clinicId, kind: 'name-root', id: 'names' }) as const

/** How long a sealed root is at least, so that how many generations there are shows by the blocks alone. */
const leastRoot = 2048

export const sealNameBlock = (
  transaction: Transaction,
  generation: string,
  number: number,
  block: Buffer,
): Buffer => sealBodyBytes(transaction.clinicKey(), blockPlace(transaction, generation, number), block)

export const sealNameRoot = (transaction: Transaction, root: NameRoot): Buffer =>
  sealBody(transaction.clinicKey(), rootPlace(transaction), root, leastRoot)

export const openNameRoot = (transaction: Transaction, sealed: Buffer | null): NameRoot =>
  sealed ? nameRootContent.parse(openBody(transaction.clinicKey(), rootPlace(transaction), sealed)) : noNames

/** Opens blocks that `load` fetches. */
export const openingBlocks =
  (
    transaction: Transaction,
    load: (wanted: readonly BlockPlace[]) => Promise<ReadonlyMap<string, Buffer>>,
  ): FetchBlocks =>
  async wanted => {
    const found = await load(wanted)
    return wanted.map(({ generation, number }) => {
      const sealed = found.get(`${generation} ${number}`)
      if (!sealed) throw new NamesGone()
      return openBodyBytes(transaction.clinicKey(), blockPlace(transaction, generation, number), sealed)
    })
  }

/** A generation by its first block, opened. */
export const openFirst = (id: string, block: Buffer | undefined): NameGeneration =>
  readFirstOfNames(id, block ?? Buffer.alloc(0))

/** Whether this is what an altered or foreign block ends in. */
export const areBroken = (cause: unknown): boolean =>
  cause instanceof BrokenBlock || (cause instanceof Fault && cause.code === 'body-not-opened')
