import { type ConsentId, parseId } from '../../../foundation/ids.ts'
import { type ActCheck, findActCheck } from '../../../identity/check-act.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { fieldText, type PageRequest } from '../../../web/request.ts'
import { type ConsentLine, listConsents } from '../../operations/list-consents.ts'
import { countHangingOn, type HangingOn, weighSight } from '../../operations/weigh-sight.ts'
import { withdrawConsent } from '../../operations/withdraw-consent.ts'
import { sayUsualPart } from '../../usual-parts.ts'
import { type SightChange, sayColleagues, withoutConsent } from '../../who-sees.ts'
import { sayAppointments, saySightChange } from '../parts/say-sight.ts'

function withdrawalOf(
  visit: CaseVisit,
  line: ConsentLine,
  change: SightChange,
  hanging: HangingOn,
): ActCheck {
  const { agencyName, parts } = line
  const path = `/cases/${visit.caseId}/consents`
  const isConsent = line.basis === 'consent'
  return {
    title: isConsent
      ? `Withdraw the consent for ${agencyName}?`
      : `End the sharing without consent with ${agencyName}?`,
    chosen: [
      { key: 'Agency', value: agencyName },
      { key: 'May see until then', value: parts.map(sayUsualPart).join(', ') },
    ],
    follows: [
      ...(isConsent
        ? ['Do it whenever the client says so. They need give no reason, and nobody may put it off.']
        : []),
      ...saySightChange(change, visit.staff.personId),
      sayAppointments(hanging, `somebody of ${agencyName}`),
      'Nothing is deleted. What was already handed over, such as a bundle, cannot be called back.',
    ],
    undo: sayUndo(line, change),
    action: `${path}/withdraw`,
    fields: { consent: line.consentId },
    button: isConsent ? 'Withdraw the consent' : 'End the sharing',
    back: { href: path, text: 'Back to consents' },
  }
}

function sayUndo({ basis, agencyName }: ConsentLine, { restorers }: SightChange): string {
  if (restorers.length === 0) {
    return 'Nobody at the clinic could undo it: to record a consent somebody must be able to open the case, and nobody will. Everything in it is kept, shut. If the client wants to go on later, they come to the clinic as at first, and a new case is opened.'
  }
  return basis === 'consent'
    ? `If the client agrees again, ${sayColleagues(restorers, false)} can record a new consent for ${agencyName}.`
    : `It takes two people again: ${sayColleagues(restorers, false)} can ask, and another coordinator decides.`
}

/**
 * Withdraws a consent, after a page that says what follows: from that instant the agency sees nothing more of the case.
 */
export async function takeWithdrawal({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { caseId, staff } = visit
  const consentId = parseId<ConsentId>(fieldText(form, 'consent'))
  return visit.onCase(async transaction => {
    const { lines } = await listConsents(transaction, caseId)
    const line = lines.find(each => each.consentId === consentId)
    if (!line) return showPage(problemPage(404), 404)
    if (line.state === 'withdrawn' || line.state === 'ended') return goTo(`/cases/${caseId}/consents`)
    const change = await weighSight(transaction, caseId, sight => withoutConsent(sight, line.consentId))
    const hanging = await countHangingOn(transaction, caseId, { agencyId: line.agencyId })
    const page = findActCheck(visit, form, withdrawalOf(visit, line, change, hanging))
    if (page) return page
    await withdrawConsent(transaction, staff.personId, caseId, line.consentId)
    // The person who does it may just have lost sight of the case.
    const isOut = change.lose.some(each => each.personId === staff.personId)
    return goTo(isOut ? '/cases' : `/cases/${caseId}/consents`)
  })
}
