import { findReach } from '../../../access-engine/reach/reach.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import type { PageRequest } from '../../../web/request.ts'
import { loadCatalogue } from '../../inventory/load-catalogue.ts'
import { findLeft, findLeftOut } from '../../lock-out/lock-out.ts'
import { drawUpCase } from '../../operations/draw-up-case.ts'
import { planLockOutFor } from '../../operations/plan-lock-out.ts'
import { drawAfter } from '../../picture/draw-after.ts'
import { makePicture } from '../../picture/make-picture.ts'
import { drawReach } from '../../picture/picture-of-reach.ts'
import { beforeAndAfterView } from './view.ts'

/** With more rows than this, two pictures side by side cannot be read. */
const mostSideBySide = 30

/**
 * What is reached today, and what is left once every remaining step is taken: of the plan the client chose, or of the
 * one that asks least of them.
 */
export async function showBeforeAndAfter(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { entries } = await loadCatalogue()
  const drawn = await visit.onCase(transaction => drawUpCase(visit.clinic, transaction, visit.caseId))
  const { map, inventory, lockOut } = drawn
  const reached = findReach(map, 'possible')
  const before = makePicture(drawn, inventory, reached, entries, { most: mostSideBySide })
  const leftOut = new Set(lockOut ? findLeftOut(lockOut) : [])
  const known = new Set(map.steps.map(step => step.id))
  const taken = lockOut
    ? findLeft(lockOut).filter(step => known.has(step) && !leftOut.has(step))
    : (await planLockOutFor(visit.clinic, map, [])).answer.order
  const left = findReach(map, 'possible', { taken })
  const after = drawAfter(before.picture, drawReach(drawn, inventory, left, taken))
  const page = beforeAndAfterView(visit, {
    before,
    after,
    steps: taken.length,
    gaps: drawn.gaps,
    isChosen: lockOut !== null,
  })
  return showPage(page)
}
