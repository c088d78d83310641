import { type KnowledgeKind, knowledgeKinds } from '../../../access-map/leaks/leak-log.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import type { IncidentId } from '../../../foundation/ids.ts'
import type { FormResult } from '../../../web/read-form.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import type { OfferedDay } from '../../offer-days.ts'

/** The name of the field in which somebody says what was known in an incident. */
export const fieldOfDay = (incidentId: IncidentId): string => `kind-${incidentId}`

/** Reads for which incidents it was said what was known. */
export function readTakeOver(
  form: FormFields,
  days: readonly OfferedDay[],
): FormResult<ReadonlyMap<IncidentId, KnowledgeKind>> {
  const chosen = new Map<IncidentId, KnowledgeKind>()
  const problems: FormProblem[] = []
  for (const { incidentId } of days) {
    const said = fieldText(form, fieldOfDay(incidentId))
    if (said === '') continue
    const kind = knowledgeKinds.find(each => each === said)
    if (kind) chosen.set(incidentId, kind)
    else problems.push({ field: fieldOfDay(incidentId), message: 'Select what was known from the list' })
  }
  const [first] = days
  if (chosen.size === 0 && problems.length === 0 && first)
    problems.push({
      field: fieldOfDay(first.incidentId),
      message: 'Select what was known in at least one incident',
    })
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: chosen }
}
