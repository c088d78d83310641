import type { AgencyId } from '../../foundation/ids.ts'
import type { PageOfList, PlaceInList } from '../../foundation/page-of-list.ts'
import type { Transaction } from '../../platform/database.ts'
import type { Person } from '../person.ts'
import { loadAgencies, loadPeople, loadPeoplePage } from '../store.ts'

/** Everybody who works at the clinic, and the agencies they can belong to. */
export async function listPeople(transaction: Transaction): Promise<{
  readonly people: readonly Person[]
  readonly agencies: readonly { readonly agencyId: AgencyId; readonly name: string }[]
}> {
  return { people: await loadPeople(transaction), agencies: await loadAgencies(transaction) }
}

/** A page of them by name, and the agencies. */
export async function listPeoplePage(
  transaction: Transaction,
  place: PlaceInList,
): Promise<{
  readonly people: PageOfList<Person>
  readonly agencies: readonly { readonly agencyId: AgencyId; readonly name: string }[]
}> {
  return { people: await loadPeoplePage(transaction, place), agencies: await loadAgencies(transaction) }
}
