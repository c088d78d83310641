import type { CaseId, PersonId } from '../../foundation/ids.ts'
import { beginningOfList, type PageOfList } from '../../foundation/page-of-list.ts'
import type { Transaction } from '../../platform/database.ts'
import type { ClinicKey } from '../../platform/keys.ts'
import { findConflicts, findProvisionalBars } from '../conflict.ts'
import type { WaitingChoice, WaitingLine } from '../filed.ts'
import { loadSuspectsOfUnopened, loadWaiting } from '../list-store.ts'

/**
 * A page of those who wait: the most urgent first, then the longest wait. A form that nobody has opened is not shown to,
 * and not counted for, somebody who is named like the person it suspects: they will be barred from it when it is opened.
 */
export async function listWaiting(
  transaction: Transaction,
  choice: Partial<WaitingChoice> = {},
): Promise<PageOfList<WaitingLine>> {
  const { actor } = transaction
  const asked: WaitingChoice = { urgency: null, place: beginningOfList, ...choice }
  if (actor.kind !== 'person') return (await loadWaiting(transaction, asked, [])).page
  const judged = judgedFor(transaction.clinicKey(), actor.personId)
  let found = await loadWaiting(transaction, asked, judged.hidden())
  // A form that is hidden lets another one into this part of the list, which may have to be hidden too.
  while (await judged.judge(transaction, found.readerName, found.unopened))
    found = await loadWaiting(transaction, asked, judged.hidden())
  return found.page
}

/** Which forms somebody may not be shown, as far as that was found out. */
type Judged = {
  readonly hidden: () => readonly CaseId[]
  /** Finds it out for those that are new; true when one of them has to be hidden. */
  readonly judge: (
    transaction: Transaction,
    readerName: string,
    unopened: readonly CaseId[],
  ) => Promise<boolean>
}

/**
 * Kept in memory, since each answer takes opening a name, and neither the name of a form nor that of its reader changes
 * as a rule; it is found out again after a start, and when a reader has another name. Forms that were opened are forgotten
 * with the rest, at the bound.
 */
const kept = new WeakMap<
  ClinicKey,
  Map<PersonId, { readonly name: string; readonly isAbout: Map<CaseId, boolean> }>
>()
const mostKept = 20_000

function judgedFor(key: ClinicKey, personId: PersonId): Judged {
  const people = kept.get(key) ?? new Map<PersonId, { name: string; isAbout: Map<CaseId, boolean> }>()
  kept.set(key, people)
  return {
    hidden: () =>
      [...(people.get(personId)?.isAbout ?? [])].flatMap(([caseId, isAbout]) => (isAbout ? [caseId] : [])),
    judge: async (transaction, name, unopened) => {
      const known = people.get(personId)
      const isAbout =
        known?.name === name && known.isAbout.size < mostKept ? known.isAbout : new Map<CaseId, boolean>()
      people.set(personId, { name, isAbout })
      const unknown = unopened.filter(caseId => !isAbout.has(caseId))
      if (unknown.length === 0) return false
      const self = [{ kind: 'staff', caseId: null, personId, name } as const]
      let isHidden = false
      for (const { caseId, suspectName } of await loadSuspectsOfUnopened(transaction, unknown)) {
        const names = { client: '', suspect: suspectName }
        const about = findProvisionalBars(findConflicts(names, self)).length > 0
        isAbout.set(caseId, about)
        isHidden ||= about
      }
      return isHidden
    },
  }
}
