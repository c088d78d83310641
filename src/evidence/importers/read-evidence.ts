import { unreachable } from '../../foundation/decision.ts'
import { findProgram } from './chat-program.ts'
import { type FileIdentity, identifyFile } from './identify-file.ts'
import type {
  Answers,
  EvidenceSource,
  Importer,
  ReadBudget,
  ReadFormat,
  ReadStep,
  Within,
} from './importer.ts'
import { makeBudget } from './read-budget.ts'
import { readHead } from './read-head.ts'
import { findLie } from './unknown/lying-name.ts'
import { titled } from './unknown/titles.ts'
import { readUnknown } from './unknown/unknown.ts'

/**
 * Reads one file of evidence: finds its importer by content, then yields an `identified` step, the records in
 * batches and one closing account. Never throws for anything the bytes contain; a fault of the source itself
 * (a disk that fails) passes through.
 */
export async function* readEvidence(source: EvidenceSource, answers: Answers = {}): AsyncGenerator<ReadStep> {
  yield* readAt(source, answers, 0, makeBudget())
}

async function* readAt(
  source: EvidenceSource,
  answers: Answers,
  depth: number,
  budget: ReadBudget,
): AsyncGenerator<ReadStep> {
  const identity = await identifyFile(source)
  const within: Within = {
    depth,
    budget,
    identify: async inner => identityOf(await identifyFile(inner)),
    read: inner => readAt(inner, answers, depth + 1, budget),
  }
  switch (identity.kind) {
    case 'one': {
      const { importer, dialect } = identity
      const { format } = importer
      const kind =
        format === 'whatsapp' || format === 'sms-backup-restore' ? 'text' : format === 'zip' ? 'zip' : dialect
      yield* withLie(readThrough(importer, source, answers, within), findLie(source.name, kind))
      return
    }
    case 'several': {
      const chosen = identity.importers.find(importer => importer.format === answers.format)
      if (chosen) yield* readThrough(chosen, source, answers, within)
      else yield* readDoubtful(source, identity.importers)
      return
    }
    case 'broken':
      yield* readUnknown(source, titled('text'), identity.reason)
      return
    case 'none':
      yield* readUnknown(source, identity.recognised)
      return
    default:
      unreachable(identity)
  }
}

/** A chat is named by what is known of the program that wrote it; everything else by its importer. */
async function* readThrough(
  importer: Importer,
  source: EvidenceSource,
  answers: Answers,
  within: Within,
): AsyncGenerator<ReadStep> {
  const steps = importer.read(source, answers, within)
  if (importer.format !== 'whatsapp') {
    yield* steps
    return
  }
  const { format, note, question } = findProgram(await readHead(source), source.name, answers)
  for await (const step of steps) {
    if (step.step === 'identified')
      yield { ...step, format, dialect: format !== 'whatsapp' ? namelessDialect(step.dialect) : step.dialect }
    else if (step.step === 'records') yield step
    else {
      const notes = [...step.account.notes, note]
      const questions = question ? [...step.account.questions, question] : step.account.questions
      yield { step: 'account', account: { ...step.account, notes, questions } }
    }
  }
}

/** Where nothing says that WhatsApp wrote it, nothing says on which phone WhatsApp ran. */
const namelessDialect = (dialect: string) =>
  dialect.replace(/^iOS,/, 'dates in brackets,').replace(/^Android,/, 'dates before a dash,')

/** Two importers claim the file: nothing is read until a person said which it is. */
async function* readDoubtful(
  source: EvidenceSource,
  claimants: readonly Importer[],
): AsyncGenerator<ReadStep> {
  const names = claimants.map(({ format }) => claims[format])
  const reason = `The file could be ${names.join(' or ')}. A person has to say which it is.`
  const choices = claimants.map(({ format }) => ({ value: format, text: claims[format] }))
  for await (const step of readUnknown(source, titled('unrecognised'), reason)) {
    if (step.step !== 'account') yield step
    else {
      const question = { id: 'format', text: 'Which kind of file is this?', choices } as const
      const questions = [...step.account.questions, question]
      yield { step: 'account', account: { ...step.account, questions } }
    }
  }
}

/** What a person chooses from where several importers claim a file. */
const claims = {
  whatsapp: 'a chat',
  signal: 'a chat',
  chat: 'a chat',
  'sms-backup-restore': 'a backup of texts or calls',
  image: 'a picture',
  media: 'a film or a recording',
  zip: 'an archive',
} as const satisfies Readonly<Record<ReadFormat, string>>

function identityOf(identity: FileIdentity): { readonly format: string; readonly confidence: number } {
  switch (identity.kind) {
    case 'one':
      return { format: identity.importer.format, confidence: identity.confidence }
    case 'none':
      return { format: identity.recognised.format, confidence: 0 }
    case 'broken':
      return { format: 'text', confidence: 0 }
    case 'several':
      return { format: 'unrecognised', confidence: 0 }
  }
}

async function* withLie(steps: AsyncIterable<ReadStep>, lie: string | null): AsyncGenerator<ReadStep> {
  let named = ''
  for await (const step of steps) {
    if (step.step === 'identified')
      named = titled(step.format === 'sms-backup-restore' ? step.format : step.dialect).title
    if (step.step !== 'account' || lie === null) yield step
    else {
      const what = named.startsWith('a ') || named.startsWith('an ') ? named : 'something else'
      const note = `It is named ${lie}, but by its content it is ${what}.`
      yield { step: 'account', account: { ...step.account, notes: [...step.account.notes, note] } }
    }
  }
}
