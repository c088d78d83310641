import type { CaseId, PersonId } from '../../foundation/ids.ts'
import { listPeople } from '../../identity/operations/list-people.ts'
import type { Person } from '../../identity/person.ts'
import type { Transaction } from '../../platform/database.ts'
import { loadBars } from '../bar-store.ts'
import type { FiledBar } from '../filed.ts'

export type BarsOfCase = {
  /** Every bar there ever was, the oldest first. */
  readonly bars: readonly FiledBar[]
  /** Whom this person may bar: everybody who works here and is not barred, except themselves. */
  readonly others: readonly Pick<Person, 'personId' | 'name' | 'agencyName'>[]
}

/** Who is barred from a case by name, and who could be; on a case open for its consents. */
export async function listBars(transaction: Transaction, by: PersonId, caseId: CaseId): Promise<BarsOfCase> {
  const bars = await loadBars(transaction, caseId)
  const barred = new Set(bars.filter(bar => bar.liftedAt === null).map(bar => bar.personId))
  const { people } = await listPeople(transaction)
  return { bars, others: people.filter(each => each.personId !== by && !barred.has(each.personId)) }
}
