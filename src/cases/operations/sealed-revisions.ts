import type { z } from 'zod'
import type { CaseId, PersonId } from '../../foundation/ids.ts'
import { linesOnAPage, type PageOfList, type PlaceInList, rowsOfPage } from '../../foundation/page-of-list.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { onceInVisit } from '../../platform/once-in-visit.ts'
import type { RevisionLine } from '../revision-line.ts'
import { addRevision, loadRevision, loadRevisionLine, loadRevisionLines } from '../revision-store.ts'
import { openCaseSeal } from './open-case-seal.ts'
import { openLately } from './open-lately.ts'

/** Something a case keeps in revisions, never overwritten: the whole of each lies sealed under the key of the case. */
export type SealedRevisions<Kept, Change extends string> = {
  /** The newest, or the newest up to a number; null when there is none. The case must be open for it. */
  readonly load: (
    clinic: Pick<Clinic, 'clinicId'>,
    transaction: Transaction,
    caseId: CaseId,
    upTo?: number,
  ) => Promise<{ readonly revision: number; readonly kept: Kept } | null>
  /** Adds one. `open` is what its table keeps in the open besides: by column, and nothing that tells of anybody. */
  readonly add: (
    clinic: Clinic,
    transaction: Transaction,
    by: PersonId,
    caseId: CaseId,
    row: { readonly revision: number; readonly change: Change; readonly kept: Kept },
    open?: Readonly<Record<string, unknown>>,
  ) => Promise<void>
  /** A page of them, the newest first: when, by whom, what was done. */
  readonly list: (
    transaction: Transaction,
    caseId: CaseId,
    place: PlaceInList,
  ) => Promise<PageOfList<RevisionLine<Change>>>
  /** The newest, so many at most. */
  readonly newest: (
    transaction: Transaction,
    caseId: CaseId,
    atMost: number,
  ) => Promise<readonly RevisionLine<Change>[]>
  /** One of them; null where there is none of that number. */
  readonly find: (
    transaction: Transaction,
    caseId: CaseId,
    revision: number,
  ) => Promise<RevisionLine<Change> | null>
}

/**
 * The revisions that a table keeps: a row each of `clinic_id, case_id, revision, at, by_person, change, sealed`.
 *
 * @param table its name without the schema
 * @param name the name under which each is sealed, before its number
 */
export function sealedRevisions<Kept, Change extends string = string>(
  table: string,
  name: string,
  schema: z.ZodType<Kept>,
): SealedRevisions<Kept, Change> {
  const fieldOf = (revision: number): string => `${name} ${revision}`
  const placeOf = ({ actor }: Transaction, caseId: CaseId, revision: number): string =>
    `${actor.clinicId} ${caseId} ${table} ${revision}`
  return {
    load: async (clinic, transaction, caseId, upTo) => {
      const found = await onceInVisit(transaction, `${table} ${caseId} ${upTo}`, () =>
        loadRevision(transaction, table, caseId, upTo),
      )
      if (!found) return null
      const { revision, sealed } = found
      const kept = await openLately(placeOf(transaction, caseId, revision), sealed, async () => {
        const seal = await openCaseSeal(clinic, transaction, caseId)
        return schema.parse(JSON.parse(await seal.open(fieldOf(revision), sealed)))
      })
      return { revision, kept }
    },
    add: async (clinic, transaction, by, caseId, { revision, change, kept }, open = {}) => {
      const seal = await openCaseSeal(clinic, transaction, caseId)
      const text = JSON.stringify(schema.parse(kept))
      const sealed = await seal.seal(fieldOf(revision), text)
      await addRevision(transaction, table, caseId, by, { revision, change, sealed }, open)
      // The next look reads this one.
      await openLately(placeOf(transaction, caseId, revision), sealed, async () =>
        schema.parse(JSON.parse(text)),
      )
    },
    list: async (transaction, caseId, place) => {
      const first = rowsOfPage(place)
      const asked = await loadRevisionLines<Change>(transaction, table, caseId, first)
      const isBehind = asked.lines.length === 0 && asked.many > 0
      const page = isBehind ? Math.ceil(asked.many / linesOnAPage) : place.page
      const rows = isBehind ? rowsOfPage({ page, after: null }) : first
      const { lines, many } = isBehind
        ? await loadRevisionLines<Change>(transaction, table, caseId, rows)
        : asked
      return {
        lines,
        page,
        pages: Math.max(1, Math.ceil(many / linesOnAPage)),
        from: many === 0 ? 0 : rows.skipped + 1,
        count: many,
        isMore: false,
        after: null,
        next: null,
      }
    },
    newest: async (transaction, caseId, atMost) =>
      (await loadRevisionLines<Change>(transaction, table, caseId, { skipped: 0, atMost })).lines,
    find: (transaction, caseId, revision) => loadRevisionLine<Change>(transaction, table, caseId, revision),
  }
}
