import type { CaseVisit } from '../../../identity/route.ts'
import { staffAlarms } from '../../../identity/staff-page.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { layoutPage } from '../../../web/layout.ts'
import type { PageRequest } from '../../../web/request.ts'
import { loadCatalogue } from '../../inventory/load-catalogue.ts'
import { writePlainThings } from '../../lock-out/plain-things.ts'
import { drawUpCase } from '../../operations/draw-up-case.ts'
import { makePicture } from '../../picture/make-picture.ts'
import { clientSheetView, fileSheetView, sheetTitle } from './view.ts'

/** As many rows as stay readable on a sheet of A4. */
const mostOnPaper = 18

/**
 * What may be printed of the map, under a title that says what it shows, devices and accounts (S2). The sheet that a client may take
 * with them says what they have, and no word of who reaches it. The picture is for the file alone, and says so on the paper.
 */
export async function showPrintedMap({ query }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const isForFile = query.get('for') === 'file'
  const { entries } = await loadCatalogue()
  const drawn = await visit.onCase(transaction => drawUpCase(visit.clinic, transaction, visit.caseId))
  const map = `/cases/${visit.caseId}/map`
  const body = isForFile
    ? fileSheetView(map, makePicture(drawn, drawn.inventory, drawn.reached(), entries, { most: mostOnPaper }))
    : clientSheetView(map, writePlainThings(drawn.inventory, entries))
  return showPage(
    layoutPage({
      kind: 'staff',
      title: sheetTitle,
      body,
      first: staffAlarms(visit),
      back: { href: `${map}/reach` },
    }),
  )
}
