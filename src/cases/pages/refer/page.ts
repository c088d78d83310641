import { findServices } from '../../../directory/find-services.ts'
import type { PublicVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import type { PageRequest } from '../../../web/request.ts'
import { PileIsFull } from '../../operations/place-form.ts'
import { receiveReferral } from '../../operations/receive-referral.ts'
import { helpAddress } from '../parts/help-address.ts'
import { publicProfile, publicServices } from '../parts/public-profile.ts'
import { readReferralForm } from '../parts/referral-form/form.ts'
import { reachLetter } from '../parts/referral-form/reach-words.ts'
import { referView } from './view.ts'

export async function askForReferral({ csrfToken }: PageRequest, { clinic }: PublicVisit): Promise<Answer> {
  const profile = await publicProfile(clinic)
  return showPage(referView({ profile, csrfToken, once: newOnce(), typed: new Map(), problems: [] }))
}

/**
 * Takes in a public referral. Answers are in the request and nowhere else: a form with a problem is shown again from
 * what was sent with it (S3).
 */
export async function takeReferral(request: PageRequest, { clinic }: PublicVisit): Promise<Answer> {
  const { form, csrfToken } = request
  const profile = await publicProfile(clinic)
  const once = readOnce(form) ?? newOnce()
  const answers = readReferralForm(form, 'public', profile)
  if (!answers.ok) {
    return showPage(referView({ profile, csrfToken, once, typed: form, problems: answers.problems }), 400)
  }
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'public-form' } as const
  const receipt = await receiveReferral(clinic, actor, answers.value, once, request.address).catch(fault => {
    if (fault instanceof PileIsFull) return null
    throw fault
  })
  if (receipt === null) {
    const services = findServices(await publicServices(clinic), ['danger-now', 'stalking'])
    const page = referView({ profile, csrfToken, once, typed: form, problems: [], flooded: services })
    return showPage(page, 429, { 'retry-after': '3600' })
  }
  return goTo(
    receipt.outcome === 'not-ours'
      ? helpAddress(receipt.needs)
      : `/refer/sent/${receipt.reference}?to=${reachLetter(receipt.reach)}`,
  )
}
