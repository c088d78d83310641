import { loadProfile } from '../../../directory/operations/load-profile.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { type CaseId, parseId } from '../../../foundation/ids.ts'
import type { ClinicVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { type FormFields, fieldText, type PageRequest } from '../../../web/request.ts'
import { readReferral } from '../../operations/read-referral.ts'
import { revealContact } from '../../operations/reveal-contact.ts'
import { triageReferral } from '../../operations/triage-referral.ts'
import { isRedFlag } from '../../red-flags.ts'
import { isGone, type SealedFieldKind, sealedFieldKinds } from '../../referral.ts'
import { readTriage } from './form.ts'
import { triageView } from './view.ts'

type Shown = {
  readonly typed?: FormFields
  readonly once?: string
  readonly problems?: readonly FormProblem[]
  readonly reveal?: SealedFieldKind
}

async function show(visit: ClinicVisit, caseText: string, shown: Shown): Promise<Answer> {
  const { clinic } = visit
  const caseId = parseId<CaseId>(caseText)
  const found =
    caseId &&
    (await visit.onClinic(async transaction => {
      const file = await readReferral(transaction, caseId)
      const text = file && shown.reveal && (await revealContact(clinic, transaction, caseId, shown.reveal))
      const opened = text && shown.reveal ? { kind: shown.reveal, text } : undefined
      return file && { file, zone: (await loadProfile(transaction)).timeZone, opened }
    }))
  if (!found || isGone(found.file.referral.state)) return showPage(problemPage(404), 404)
  const problems = shown.problems ?? []
  const { answers } = found.file.referral
  const { triage } = found.file
  const start: FormFields = new Map([
    ['flags', triage ? triage.urgencyReasons.filter(isRedFlag) : answers.flags],
    ['type', triage ? [triage.type] : []],
    ['typeReasons', triage?.typeReasons ?? []],
    ['judgement', triage ? [triage.urgency] : []],
    ['note', triage ? [triage.note] : []],
  ])
  const view = { ...found, problems, once: shown.once ?? newOnce(), typed: shown.typed ?? start }
  return showPage(triageView(visit, view), problems.length > 0 ? 400 : 200)
}

/** A referral with everything a coordinator needs to triage it. */
export async function showTriage(request: PageRequest, visit: ClinicVisit): Promise<Answer> {
  return show(visit, request.params['case'] ?? '', {})
}

export async function takeTriage({ params, form }: PageRequest, visit: ClinicVisit): Promise<Answer> {
  const caseText = params['case'] ?? ''
  const read = readTriage(form)
  const once = readOnce(form)
  if (!read.ok) {
    return show(visit, caseText, { typed: form, problems: read.problems, ...(once ? { once } : {}) })
  }
  const caseId = parseId<CaseId>(caseText)
  const result =
    caseId &&
    (await visit.clinic.database.transaction(visit.actor, transaction =>
      triageReferral(transaction, visit.staff.personId, caseId, read.value, once),
    ))
  return result?.allowed ? goTo(`/triage/${caseText}/open`) : showPage(problemPage(404), 404)
}

/** Shows one sealed field after a click that is recorded (S6). */
export async function revealReferralField(
  { params, form }: PageRequest,
  visit: ClinicVisit,
): Promise<Answer> {
  const kind = sealedFieldKinds.find(each => each === fieldText(form, 'kind'))
  return kind ? show(visit, params['case'] ?? '', { reveal: kind }) : showPage(problemPage(400), 400)
}
