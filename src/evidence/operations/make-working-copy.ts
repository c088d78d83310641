import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { accessCase, withCase } from '../../audit/operations/access-case.ts'
import { recordAct } from '../../audit/operations/record-act.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Actor, Transaction } from '../../platform/database.ts'
import type { Item, WorkingCopy } from '../item.ts'
import { makeCopy } from '../working-copy.ts'
import { addWorkingCopy, findWorkingCopy } from '../working-copy-store.ts'
import { appendCustody } from './append-custody.ts'
import { keepMadeFile } from './keep-made-file.ts'
import { readStored } from './open-original.ts'

/**
 * The working copy of a picture, made once and used again: the same copy goes into every bundle. Making it is a line of
 * custody of the original, with the digest of what was made. Null when none can be made of it. For the job that builds
 * a bundle.
 */
export async function makeWorkingCopy(
  clinic: Clinic,
  actor: Actor,
  caseId: CaseId,
  caseKey: Buffer,
  item: Item,
): Promise<WorkingCopy | null> {
  const onCase = <Result>(work: (transaction: Transaction) => Promise<Result>) =>
    withCase(clinic.database, actor, { caseId, part: 'bundle', mode: 'write' }, async transaction => {
      await accessCase(transaction, { caseId, part: 'evidence', mode: 'read' })
      return work(transaction)
    })
  const before = await onCase(transaction => findWorkingCopy(transaction, caseId, item.itemId))
  if (before) return before
  const original = await buffer(Readable.from(readStored(clinic, caseId, caseKey, item)))
  const made = await makeCopy(original, item.mediaType)
  if (typeof made === 'string') return null
  async function* bytesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    yield bytes
  }
  const file = await keepMadeFile(clinic, caseId, caseKey, bytesOf(made.bytes))
  return onCase(async transaction => {
    // Of two that made one at once, the second takes what the first has kept.
    const isFirst = await addWorkingCopy(transaction, caseId, item.itemId, {
      ...file,
      mediaType: made.mediaType,
    })
    if (isFirst) {
      await appendCustody(clinic, transaction, caseId, [
        {
          act: 'working-copy-made',
          item,
          detail: { exhibit: item.exhibitRef, sha256: file.sha256, size: file.size, how: 'pixels-made-anew' },
        },
      ])
      await recordAct(transaction, {
        verb: 'working-copy-made',
        caseId,
        part: 'evidence',
        subject: item.itemId,
      })
    }
    return findWorkingCopy(transaction, caseId, item.itemId)
  })
}
