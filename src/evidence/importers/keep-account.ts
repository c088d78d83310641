import type { Account, EvidenceRecord, NotRead, Place, Problem, Question, RecordKind } from './importer.ts'

const listed = 200

export type AccountKeeper = {
  count(record: EvidenceRecord): void
  problem(code: string, message: string, place?: Place | null): void
  note(text: string): void
  ask(question: Question): void
  /** Takes over what an inner account found; its records are counted one by one as they pass. */
  absorb(inner: Account, within: (place: Place) => Place): void
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
  const notRead: NotRead[] = []
  const notes: string[] = []
  let moreNotes = 0
  const questions: Question[] = []
  let problemCount = 0
  let counted = 0
  let earliest: string | null = null
  let latest: string | null = null
  return {
    count(record) {
      counted += 1
      byKind[record.kind] += 1
      if ((record.kind === 'unknown' || record.kind === 'quarantined') && notRead.length < listed)
        notRead.push({ place: record.place, reason: record.reason ?? 'No rule explains it.' })
      const local = record.sentLocal
      if (local === null) return
      if (earliest === null || local < earliest) earliest = local
      if (latest === null || local > latest) latest = local
    },
    problem(code, message, place = null) {
      problemCount += 1
      if (problems.length < listed) problems.push({ code, message, place })
    },
    note(text) {
      if (notes.includes(text)) return
      if (notes.length < listed) notes.push(text)
      else moreNotes += 1
    },
    ask(question) {
      if (!questions.some(known => known.id === question.id)) questions.push(question)
    },
    absorb(inner, within) {
      problemCount += inner.problemCount
      const room = Math.max(0, listed - problems.length)
      problems.push(
        ...inner.problems
          .slice(0, room)
          .map(problem => ({ ...problem, place: problem.place && within(problem.place) })),
      )
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
        notRead,
        problems,
        problemCount,
        notes: moreNotes === 0 ? notes : [...notes, `${moreNotes} more notes are not listed.`],
        questions,
        readable,
      }
    },
  }
}
