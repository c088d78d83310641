import type { PersonId } from '../../../foundation/ids.ts'
import type { ActCheck } from '../../../identity/check-act.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import type { Transaction } from '../../../platform/database.ts'
import { sayBarReason } from '../../bar.ts'
import type { FiledBar } from '../../filed.ts'
import { countHangingOn, weighSight } from '../../operations/weigh-sight.ts'
import { sayUsualPart } from '../../usual-parts.ts'
import { withBar } from '../../who-sees.ts'
import { sayAppointments, saySightChange } from '../parts/say-sight.ts'

/** What follows when somebody is barred from a case. */
export async function barringOf(
  transaction: Transaction,
  visit: CaseVisit,
  chosen: { readonly personId: PersonId; readonly name: string; readonly reason: string },
): Promise<ActCheck> {
  const { caseId, staff } = visit
  const { personId, name, reason } = chosen
  const change = await weighSight(transaction, caseId, sight => withBar(sight, personId, true))
  return {
    title: `Bar ${name} from this case?`,
    chosen: [
      { key: 'Who', value: name },
      { key: 'Why', value: reason },
    ],
    follows: [
      ...saySightChange(change, staff.personId),
      'It holds whatever is consented to later, until a coordinator lifts it.',
      sayAppointments(await countHangingOn(transaction, caseId, { personId }), 'them'),
      'They are not told. The coordinators of this case see who was barred and why; the client sees that somebody was.',
    ],
    undo: 'A coordinator of this case, other than they themselves, can lift the bar at any time, with a reason.',
    action: `/cases/${caseId}/bars`,
    fields: { person: personId, reason },
    button: 'Bar them',
    back: { href: `/cases/${caseId}/bars`, text: 'Back to who must never see this case' },
  }
}

/** What follows when a bar is lifted: what they would see, by the rule that will decide it. */
export async function liftingOf(
  transaction: Transaction,
  visit: CaseVisit,
  chosen: FiledBar & { readonly why: string },
): Promise<ActCheck> {
  const { caseId } = visit
  const { personId, personName, reason, why } = chosen
  const change = await weighSight(transaction, caseId, sight => withBar(sight, personId, false))
  const parts = change.will.get(personId) ?? []
  return {
    title: `Lift the bar on ${personName}?`,
    chosen: [
      { key: 'Barred because', value: sayBarReason(reason) },
      { key: 'Why it is lifted', value: why },
    ],
    follows: [
      parts.length > 0
        ? `${personName} sees this case again from that moment, as far as their role and the consents go: ${parts.map(sayUsualPart).join(', ')}.`
        : `${personName} still sees nothing of this case: their role, or the consents as they are now, do not let them.`,
      'They are not told. The bar stays readable, with both reasons.',
    ],
    undo: 'A coordinator can bar them again at once. What they looked at in between cannot be unseen; it is recorded.',
    action: `/cases/${caseId}/bars/lift`,
    fields: { barred: personId, why },
    button: 'Lift the bar',
    back: { href: `/cases/${caseId}/bars`, text: 'Back to who must never see this case' },
  }
}
