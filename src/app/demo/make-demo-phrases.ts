import { withCase } from '../../audit/operations/access-case.ts'
import { listCaseload } from '../../cases/operations/list-caseload.ts'
import { listPeople } from '../../identity/operations/list-people.ts'
import { type MadePhrases, makePhrases } from '../../identity/operations/make-phrases.ts'
import type { Clinic } from '../../platform/clinic.ts'
import { newOnce } from '../../web/form.ts'
import { demoPeople } from './demo-people.ts'
import { knownPersonStory } from './known-person-story.ts'

/**
 * Makes new phrases for the invented client of one case, to be printed at a start; those of earlier starts stop
 * working. Null where the clinic is not a demo, other machines can reach it, or the case is not open any more.
 */
export async function makeDemoPhrases(clinic: Clinic): Promise<MadePhrases | null> {
  if (!clinic.isDemo || !clinic.site.onLoopback) return null
  const asSetup = { kind: 'task', clinicId: clinic.clinicId, task: 'setup' } as const
  const { people } = await clinic.database.transaction(asSetup, listPeople)
  const invented = demoPeople.find(person => person.role === 'coordinator')
  const personId = people.find(person => person.signInName === invented?.signInName)?.personId
  if (!personId) return null
  const actor = { kind: 'person', clinicId: clinic.clinicId, personId } as const
  const { lines } = await clinic.database.transaction(actor, transaction => listCaseload(transaction))
  const line = lines.find(each => each.clientName === knownPersonStory.client)
  if (!line) return null
  const { caseId } = line
  return withCase(clinic.database, actor, { caseId, part: 'contact', mode: 'write' }, transaction =>
    makePhrases(clinic, transaction, personId, caseId, { check: 'known-in-person', once: newOnce() }),
  )
}
