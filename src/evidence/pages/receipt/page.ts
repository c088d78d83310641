import { toString as drawCode } from 'qrcode'
import { type ArrivalId, parseId } from '../../../foundation/ids.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { trusted } from '../../../web/html.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import type { PageRequest } from '../../../web/request.ts'
import { loadArrival } from '../../operations/load-evidence.ts'
import { parseReceipt } from '../../receipt.ts'
import { receiptView } from './view.ts'

/** Shows the receipt of one arrival, to be printed and handed to the client. */
export async function showReceipt(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const arrivalId = parseId<ArrivalId>(request.params['arrival'] ?? '')
  const found =
    arrivalId && (await visit.onCase(transaction => loadArrival(transaction, visit.caseId, arrivalId)))
  const receipt = found && parseReceipt(found.arrival.receipt)
  if (!found || !receipt) return showPage(problemPage(404), 404)
  const code = await drawCode(found.arrival.receipt.trim(), {
    type: 'svg',
    errorCorrectionLevel: 'L',
    margin: 2,
  })
  return showPage(receiptView(visit, { ...found, receipt, code: trusted(code) }))
}
