import { identifyFile } from './identify-file.ts'
import type { Answers, EvidenceSource, ReadStep } from './importer.ts'
import { titled } from './unknown/recognise.ts'
import { readUnknown } from './unknown/unknown.ts'

/**
 * Reads one file of evidence: finds its importer by content, then yields an `identified` step, the records in
 * batches and one closing account. Never throws for anything the bytes contain; a fault of the source itself
 * (a disk that fails) passes through.
 */
export async function* readEvidence(source: EvidenceSource, answers: Answers = {}): AsyncGenerator<ReadStep> {
  const identity = await identifyFile(source)
  switch (identity.kind) {
    case 'one':
      yield* identity.importer.read(source, answers)
      return
    case 'several': {
      const formats = identity.importers.map(importer => importer.format).join(' and ')
      const reason = `The file could be ${formats}. A person has to say which it is.`
      yield* withFormatQuestion(readUnknown(source, titled('unrecognised'), reason), formats)
      return
    }
    case 'broken':
      yield* readUnknown(source, titled('text'), identity.reason)
      return
    case 'none': {
      const { format, title } = identity.recognised
      const reason =
        format === 'empty'
          ? 'The file is empty.'
          : format === 'unrecognised'
            ? 'The content is of no kind we recognise.'
            : `By its content this is ${title}. No importer reads that yet.`
      yield* readUnknown(source, identity.recognised, reason)
      return
    }
  }
}

async function* withFormatQuestion(
  steps: AsyncIterable<ReadStep>,
  formats: string,
): AsyncGenerator<ReadStep> {
  for await (const step of steps) {
    if (step.step !== 'account') yield step
    else {
      const choices = formats.split(' and ').map(format => ({ value: format, text: format }))
      const question = { id: 'format', text: 'Which kind of file is this?', choices } as const
      yield {
        step: 'account',
        account: { ...step.account, questions: [...step.account.questions, question] },
      }
    }
  }
}
