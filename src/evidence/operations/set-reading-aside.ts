import { withCase } from '../../audit/operations/access-case.ts'
import { recordAct } from '../../audit/operations/record-act.ts'
import type { CaseId, ItemId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { JobEnd, SetAside } from '../../platform/jobs.ts'
import { loadReading, saveReading } from '../store.ts'

/** Why an item was not read: the code that stands at it, and for which `sayReading` has the words. */
export const setAsideFailures = { stopped: 'reading-stopped', cancelled: 'reading-cancelled' } as const

/** Says at an item that it was not read, because reading it ended the program twice or a person cancelled it. */
export async function setReadingAside(
  clinic: Clinic,
  caseId: CaseId,
  itemId: ItemId,
  why: SetAside,
): Promise<JobEnd> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'job-read-item' } as const
  const look = { caseId, part: 'evidence', mode: 'write' } as const
  const end = await withCase(clinic.database, actor, look, async transaction => {
    const reading = await loadReading(transaction, caseId, itemId, 'lock')
    if (!reading) return 'not-found'
    // It came to its end meanwhile: what it found stands, whyever the job was given up.
    if (['done', 'asking'].includes(reading.state)) return 'rightly-nothing'
    await saveReading(transaction, caseId, itemId, { state: 'failed', failure: setAsideFailures[why] })
    await recordAct(transaction, {
      verb: 'evidence-not-read',
      caseId,
      part: 'evidence',
      subject: itemId,
      detail: { because: setAsideFailures[why] },
    })
    return 'done'
  })
  return end ?? 'not-found'
}
