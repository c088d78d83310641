import type { BoundedStep } from './read-bounded.ts'
import { textSizeOf } from './reading-bounds.ts'
import type { TranscribedRecord } from './transcript.ts'

/**
 * Adds what was typed off a picture to what was read of it: the records before the closing account, which counts them and says
 * that they were typed.
 */
export async function* readTranscript(
  steps: AsyncIterable<BoundedStep>,
  typed: readonly TranscribedRecord[],
): AsyncGenerator<BoundedStep> {
  for await (const step of steps) {
    if (step.step !== 'account' || typed.length === 0) {
      yield step
      continue
    }
    for (const { ordinal, record } of typed)
      yield { step: 'record', numbered: { ordinal, record, size: textSizeOf(record) } }
    const { account } = step
    const of = (kind: 'message' | 'system') => typed.filter(({ record }) => record.kind === kind).length
    const clocks = [account.earliest, account.latest, ...typed.map(({ record }) => record.sentLocal)]
    const known = clocks.filter(clock => clock !== null).toSorted()
    yield {
      step: 'account',
      account: {
        ...account,
        records: account.records + typed.length,
        byKind: {
          ...account.byKind,
          message: account.byKind.message + of('message'),
          system: account.byKind.system + of('system'),
        },
        earliest: known[0] ?? null,
        latest: known.at(-1) ?? null,
        notes: [
          ...account.notes,
          `What the picture says was typed off it by a person, line by line: ${typed.length}. The program has not read it.`,
        ],
      },
    }
  }
}
