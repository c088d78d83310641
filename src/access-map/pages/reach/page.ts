import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import type { PageRequest } from '../../../web/request.ts'
import { loadCatalogue } from '../../inventory/load-catalogue.ts'
import { findDone } from '../../lock-out/lock-out.ts'
import { drawUpCase } from '../../operations/draw-up-case.ts'
import { findPath } from '../../picture/find-path.ts'
import { makePicture } from '../../picture/make-picture.ts'
import { readReachAddress } from './picture-wish.ts'
import { reachView } from './view.ts'

/** What the suspected person reaches by the current answers and steps done, drawn and in words. */
export async function showReach({ query }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { entries } = await loadCatalogue()
  const drawn = await visit.onCase(transaction => drawUpCase(visit.clinic, transaction, visit.caseId))
  const address = readReachAddress(query)
  const reached = drawn.reached()
  const made = makePicture(drawn, drawn.inventory, reached, entries, {
    by: address.by ?? undefined,
    open: address.open,
  })
  const path =
    address.info === null
      ? null
      : findPath(drawn, made.picture, reached, address.info, address.last ?? undefined)
  const done = drawn.lockOut ? findDone(drawn.lockOut).length : null
  return showPage(reachView(visit, { drawn, made, path, address, done }))
}
