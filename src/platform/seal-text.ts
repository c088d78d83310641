import type { CaseId, ClinicId } from '../foundation/ids.ts'
import { Fault } from './fault.ts'
import { type Bound, openStream, sealParts } from './seal.ts'

/** Which field of which case a sealed text belongs to: it opens nowhere else. */
export type SealedField = { readonly clinicId: ClinicId; readonly caseId: CaseId; readonly field: string }

/** Seals a short text (S6: an address, a safe number) under the case's key, bound to its case and field. */
export async function sealText(caseKey: Buffer, where: SealedField, text: string): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of sealParts(caseKey, boundOf(where), justOne(text))) parts.push(part)
  return Buffer.concat(parts)
}

/** Opens a sealed text; throws `field-not-opened` when it was altered, moved, or sealed under another key. */
export async function openText(caseKey: Buffer, where: SealedField, sealed: Buffer): Promise<string> {
  try {
    const stream = openStream(caseKey, boundOf(where))
    stream.end(sealed)
    return (await collect(stream)).toString('utf8')
  } catch (cause) {
    throw new Fault(
      'field-not-opened',
      'A sealed field could not be opened: it was altered, or belongs elsewhere.',
      {
        cause,
      },
    )
  }
}

async function* justOne(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text, 'utf8')
}

function boundOf(where: SealedField): Bound {
  return { clinicId: where.clinicId, caseId: where.caseId, kind: 'field', name: where.field }
}

/** By events, not by iteration: the library's streams raise an error once more after an iterator has left. */
function collect(stream: NodeJS.ReadableStream): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    stream.on('data', (part: Buffer) => parts.push(part))
    stream.on('end', () => resolve(Buffer.concat(parts)))
    stream.on('error', reject)
    stream.on('close', () => reject(new Error('closed before its end')))
  })
}
