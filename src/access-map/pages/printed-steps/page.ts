import type { CaseVisit } from '../../../identity/route.ts'
import { staffAlarms } from '../../../identity/staff-page.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { layoutPage } from '../../../web/layout.ts'
import type { PageRequest } from '../../../web/request.ts'
import { loadCatalogue } from '../../inventory/load-catalogue.ts'
import { writePlainSheet } from '../../lock-out/plain-sheet.ts'
import { drawUpCase } from '../../operations/draw-up-case.ts'
import { sheetKeyView, sheetView } from './view.ts'

/**
 * The steps that are left, on paper: which thing and what to do, in words of any household, and apart those that wait. It does not
 * say what it is about, names nobody and no hour (S2). On the screen alone stands what each line means.
 */
export async function showPrintedSteps(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { entries } = await loadCatalogue()
  const drawn = await visit.onCase(transaction => drawUpCase(visit.clinic, transaction, visit.caseId))
  const sheet = drawn.lockOut && writePlainSheet(drawn, drawn.lockOut, entries)
  const base = `/cases/${visit.caseId}/map`
  return showPage(
    layoutPage({
      kind: 'staff',
      title: 'Things to do',
      body: sheetView(sheet, sheetKeyView(base, sheet)),
      first: staffAlarms(visit),
      back: { href: `${base}/lock-out` },
    }),
  )
}
