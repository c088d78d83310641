import { type CaseId, parseId } from '../../../foundation/ids.ts'
import { type ActCheck, findActCheck, showActCheck } from '../../../identity/check-act.ts'
import type { ClinicVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { html } from '../../../web/html.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { readForm } from '../../../web/read-form.ts'
import type { PageRequest } from '../../../web/request.ts'
import { decideNotOurs } from '../../operations/decide-not-ours.ts'
import { type ReferralFile, readReferral } from '../../operations/read-referral.ts'
import { notOursForm } from './form.ts'

function removalOf(caseId: CaseId, file: ReferralFile): ActCheck {
  const { referral, sealed } = file
  return {
    title: `Remove what was told in ${referral.reference}?`,
    chosen: [
      { key: 'Name', value: referral.clientName || 'No name was given' },
      {
        key: 'Ways to reach them',
        value: sealed.length === 0 ? 'None was given' : `${sealed.length} sealed`,
      },
    ],
    follows: [
      'Tell them who can help before you do this. After it nobody can reach them.',
      'Names, words, red flags and every way to reach them are removed for good.',
      'That somebody asked, when, and why it was not for this clinic stays.',
    ],
    undo: 'It cannot be undone, by anybody. If it may be for this clinic after all, leave it and ask first.',
    action: `/triage/${caseId}/not-ours`,
    fields: {},
    asks: ({ tick, words }) =>
      html`${tick('because', 'Why', [
        { value: 'under-age', text: 'Too young' },
        { value: 'other-area', text: 'Lives in another area' },
        { value: 'not-cyberstalking', text: 'Not cyberstalking' },
        { value: 'other-reason', text: 'Another reason' },
      ])}${words('note', 'Note (optional)', { hint: 'Nothing that says who they are.' })}`,
    button: 'Remove it and close',
    back: { href: `/triage/${caseId}`, text: 'Back to triage' },
  }
}

const notFound = (): Answer => showPage(problemPage(404), 404)

/** Says what follows before a referral is removed. */
export async function askForNotOurs({ params, form }: PageRequest, visit: ClinicVisit): Promise<Answer> {
  const caseId = parseId<CaseId>(params['case'] ?? '')
  if (!caseId) return notFound()
  return visit.onClinic(async transaction => {
    const file = await readReferral(transaction, caseId)
    return file && isHere(file) ? showActCheck(visit, form, removalOf(caseId, file)) : notFound()
  })
}

const isHere = ({ referral }: ReferralFile): boolean =>
  referral.state === 'waiting' || referral.state === 'triaged'

export async function takeNotOurs({ params, form }: PageRequest, visit: ClinicVisit): Promise<Answer> {
  const caseId = parseId<CaseId>(params['case'] ?? '')
  if (!caseId) return notFound()
  return visit.clinic.database.transaction(visit.actor, async transaction => {
    const file = await readReferral(transaction, caseId)
    if (!file) return notFound()
    if (file.referral.state === 'not-ours') return goTo('/triage')
    if (!isHere(file)) return notFound()
    const read = readForm(notOursForm, form)
    const page = findActCheck(visit, form, removalOf(caseId, file), read.ok ? [] : read.problems)
    if (page || !read.ok) return page ?? notFound()
    const done = await decideNotOurs(transaction, caseId, read.value.because, read.value.note)
    return done ? goTo('/triage') : notFound()
  })
}
