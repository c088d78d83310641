import type { Account, EvidenceRecord, Place, Problem, Question, RecordKind } from './importer.ts'

const listedProblems = 200

export type AccountKeeper = {
  count(record: EvidenceRecord): void
  problem(code: string, message: string, place?: Place | null): void
  note(text: string): void
  ask(question: Question): void
  /** Takes over what an inner account found; its records are counted one by one as they pass. */
  absorb(inner: Account): void
  close(bytes: number, readable?: boolean): Account
}

/**
 * Keeps the closing account while records pass. It counts what it sees, so the account cannot claim a record
 * that was not handed over.
 */
export function keepAccount(): AccountKeeper {
  const byKind: Record<RecordKind, number> = {
    message: 0,
    call: 0,
    system: 0,
    media: 0,
    image: 0,
    file: 0,
    unknown: 0,
    quarantined: 0,
  }
  const problems: Problem[] = []
  const notes: string[] = []
  const questions: Question[] = []
  let problemCount = 0
  let counted = 0
  let earliest: string | null = null
  let latest: string | null = null
  return {
    count(record) {
      counted += 1
      byKind[record.kind] += 1
      const local = record.sentLocal
      if (local === null) return
      if (earliest === null || local < earliest) earliest = local
      if (latest === null || local > latest) latest = local
    },
    problem(code, message, place = null) {
      problemCount += 1
      if (problems.length < listedProblems) problems.push({ code, message, place })
    },
    note(text) {
      if (!notes.includes(text)) notes.push(text)
    },
    ask(question) {
      if (!questions.some(known => known.id === question.id)) questions.push(question)
    },
    absorb(inner) {
      problemCount += inner.problemCount
      problems.push(...inner.problems.slice(0, listedProblems - problems.length))
      for (const text of inner.notes) this.note(text)
      for (const question of inner.questions) this.ask(question)
    },
    close(bytes, readable = true) {
      return {
        bytes,
        records: counted - byKind.unknown - byKind.quarantined,
        unknown: byKind.unknown,
        quarantined: byKind.quarantined,
        byKind: { ...byKind },
        earliest,
        latest,
        problems,
        problemCount,
        notes,
        questions,
        readable,
      }
    },
  }
}
