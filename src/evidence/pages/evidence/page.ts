import type { FormProblem } from '../../../foundation/decision.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { Fault } from '../../../platform/fault.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { readOnce } from '../../../web/form.ts'
import type { PageRequest, Upload } from '../../../web/request.ts'
import { findInitials } from '../../exhibit-reference.ts'
import { everyItem, type ItemFilter, readItemFilter } from '../../list-filter.ts'
import { listEvidence } from '../../operations/list-evidence.ts'
import { type TakenIn, takeInEvidence } from '../../operations/take-in-evidence.ts'
import { type EvidenceForm, readEvidenceForm, sayRefusal, type TypedEvidence, typedEvidence } from './form.ts'
import { evidenceView, outcomesView } from './view.ts'

type Outcome =
  | { readonly name: string; readonly taken: TakenIn }
  | { readonly name: string; readonly refusal: string }

/** Shows what was brought. */
export async function showEvidence(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const filter = readItemFilter(name => request.query.get(name))
  return show(visit, 200, { typed: null, problems: [], filter })
}

/** Takes in the files of a form, each with its own outcome: one that is refused does not stop the others. */
export async function takeEvidence(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const typed = typedEvidence(request.form)
  const once = readOnce(request.form)
  const read = readEvidenceForm(request.form)
  if (!read.ok) {
    await letPass(request.uploads)
    return show(visit, 422, { typed, problems: [...read.problems, chooseAgain], once })
  }
  const outcomes: Outcome[] = []
  let place = 0
  for await (const upload of request.uploads) {
    const outcome = upload.field === 'files' ? await takeOne(visit, upload, read.value, once, place) : null
    place += 1
    if (outcome) outcomes.push(outcome)
    else upload.body.resume()
  }
  const taken = outcomes.flatMap(outcome => ('taken' in outcome ? [outcome.taken] : []))
  const [only] = taken
  if (only && outcomes.length === 1) return goTo(`/cases/${visit.caseId}/evidence/receipts/${only.arrivalId}`)
  if (only) return showPage(outcomesView(visit, outcomes))
  const messages = outcomes.flatMap(outcome => ('refusal' in outcome ? [outcome.refusal] : []))
  const problems = (messages.length > 0 ? messages : ['Choose a file']).map(message => ({
    field: 'files',
    message,
  }))
  return show(visit, 422, { typed, problems, once })
}

const chooseAgain: FormProblem = {
  field: 'files',
  message: 'Choose the files again: a browser does not send them twice by itself',
}

async function takeOne(
  visit: CaseVisit,
  upload: Upload,
  form: EvidenceForm,
  once: string | null,
  place: number,
): Promise<Outcome | null> {
  const { name } = upload
  try {
    const answer = await takeInEvidence(visit.clinic, visit.actor, visit.caseId, {
      ...form,
      name,
      body: upload.body,
      ...(once === null ? {} : { formToken: `${once}:${place}` }),
    })
    if (answer.kind === 'taken-in') return { name, taken: answer }
    // A form on which no file was chosen sends one without a name and without a byte.
    if (answer.because === 'empty' && name === '') return null
    return { name, refusal: sayRefusal(name, answer.because) }
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause
    visit.clinic.log('evidence-not-kept', { code: cause.code })
    return { name, refusal: sayRefusal(name, 'fault') }
  }
}

/** Reads past files that cannot be taken, so that the sender gets to see the answer. */
async function letPass(uploads: AsyncIterable<Upload>): Promise<void> {
  for await (const upload of uploads) {
    for await (const _part of upload.body) {
      // not kept
    }
  }
}

async function show(
  visit: CaseVisit,
  status: number,
  found: {
    readonly typed: TypedEvidence | null
    readonly problems: readonly FormProblem[]
    readonly once?: string | null
    readonly filter?: ItemFilter
  },
): Promise<Answer> {
  const filter = found.filter ?? everyItem
  const evidence = await visit.onCase(transaction => listEvidence(transaction, visit.caseId, filter))
  const { context } = evidence
  const typed = found.typed ?? {
    'brought-by': findInitials(context?.clientName ?? ''),
    'how-obtained': '',
    device: '',
    zone: '',
    'other-zone': '',
  }
  const zone = context?.zone ?? 'Europe/London'
  const mayBring = visit.sees('evidence', 'write')
  const once = found.once ?? undefined
  return showPage(
    evidenceView(visit, { evidence, zone, filter, mayBring, typed, problems: found.problems, once }),
    status,
  )
}
