import type {
  Account,
  Answers,
  EvidenceRecord,
  EvidenceSource,
} from '../../src/evidence/importers/importer.ts'
import { readEvidence } from '../../src/evidence/importers/read-evidence.ts'

export type ReadBytes = {
  readonly format: string
  readonly dialect: string
  readonly records: readonly EvidenceRecord[]
  readonly account: Account
}

/** Reads bytes as a file of this name: in pieces of 100 forwards, or from any place with `ranges`. */
export async function readBytes(
  content: Uint8Array | string,
  name: string,
  { ranges = false, answers = {} }: { readonly ranges?: boolean; readonly answers?: Answers } = {},
): Promise<ReadBytes> {
  const bytes = Buffer.from(content)
  const source: EvidenceSource = {
    name,
    size: bytes.length,
    async *open() {
      for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100)
    },
    ...(ranges
      ? {
          async *openRange(from: number, to: number) {
            yield bytes.subarray(from, to)
          },
        }
      : {}),
  }
  const records: EvidenceRecord[] = []
  let format = ''
  let dialect = ''
  let account: Account | null = null
  for await (const step of readEvidence(source, answers)) {
    if (step.step === 'records') records.push(...step.records)
    else if (step.step === 'account') account = step.account
    else {
      format = step.format
      dialect = step.dialect
    }
  }
  if (!account) throw new Error('no closing account')
  return { format, dialect, records, account }
}
