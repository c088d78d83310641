import { withCase } from '../../audit/operations/access-case.ts'
import type { When } from '../../chronology/incident.ts'
import { writeDiaryEntry } from '../../chronology/operations/write-diary-entry.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { CaseStory } from './case-story.ts'
import { withEarlierClinic } from './earlier-clinic.ts'

type StoryNote = {
  readonly daysAgo: number
  readonly what: string
  readonly felt: string
  /** How many hours before the client wrote it; null when they do not know. */
  readonly hoursBefore: number | null
}

const notes: readonly StoryNote[] = [
  {
    daysAgo: 6,
    what: 'The heating went to 28 degrees in the night again. I had turned it off at the wall.',
    felt: 'Tired. Cross with myself for not sleeping.',
    hoursBefore: 7,
  },
  {
    daysAgo: 2,
    what: 'A grey car stood across the road when I left for work. It was gone when I came back in for my phone.',
    felt: 'My hands shook. I took the other way round.',
    hoursBefore: 1,
  },
]

/** Lets the invented client of one story write in their diary, as clients do when they are signed in. */
export async function playPortal(clinic: Clinic, { key }: CaseStory, caseId: CaseId): Promise<void> {
  if (key !== 'known-person') return
  const actor = { kind: 'client', clinicId: clinic.clinicId, caseId } as const
  for (const [index, { daysAgo, what, felt, hoursBefore }] of notes.entries()) {
    await withEarlierClinic(clinic, daysAgo, earlier =>
      withCase(earlier.database, actor, { caseId, part: 'diary', mode: 'write' }, transaction => {
        const when: When =
          hoursBefore === null
            ? { precision: 'unknown' }
            : { precision: 'about', startsAt: new Date(transaction.now.getTime() - hoursBefore * 3_600_000) }
        const account = { what, felt, when, zone: 'Europe/London' }
        return writeDiaryEntry(earlier, transaction, caseId, {
          account,
          corrects: null,
          once: `demo-${key}-note-${index}`,
        })
      }),
    )
  }
}
