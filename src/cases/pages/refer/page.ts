import { findServices } from '../../../directory/find-services.ts'
import type { PublicRoute } from '../../../identity/route.ts'
import { goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { PileIsFull } from '../../operations/place-form.ts'
import { receiveReferral } from '../../operations/receive-referral.ts'
import { helpAddress } from '../parts/help-address.ts'
import { publicProfile, publicServices } from '../parts/public-profile.ts'
import { readTold } from '../parts/referral-form/form.ts'
import { reachLetter } from '../parts/referral-form/reach-words.ts'
import { showReferForm } from './view.ts'

export const referFormRoute: PublicRoute = {
  kind: 'public',
  method: 'GET',
  path: '/refer/form',
  answer: async ({ csrfToken }, { clinic }) => {
    const profile = await publicProfile(clinic)
    return showPage(showReferForm({ profile, csrfToken, once: newOnce(), typed: new Map(), problems: [] }))
  },
}

/**
 * Takes in a public referral. Answers are in the request and nowhere else: a form with a problem is shown again from
 * what was sent with it (S3).
 */
export const sendReferralRoute: PublicRoute = {
  kind: 'public',
  method: 'POST',
  path: '/refer/form',
  answer: async (request, { clinic }) => {
    const { form, csrfToken } = request
    const profile = await publicProfile(clinic)
    const once = readOnce(form) ?? newOnce()
    const told = readTold(form, 'public', profile)
    if (!told.ok) {
      return showPage(showReferForm({ profile, csrfToken, once, typed: form, problems: told.problems }), 400)
    }
    const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'public-form' } as const
    const receipt = await receiveReferral(clinic, actor, told.value, once, request.address).catch(fault => {
      if (fault instanceof PileIsFull) return null
      throw fault
    })
    if (receipt === null) {
      const services = findServices(await publicServices(clinic), ['danger-now', 'stalking'])
      const page = showReferForm({ profile, csrfToken, once, typed: form, problems: [], flooded: services })
      return showPage(page, 429, { 'retry-after': '3600' })
    }
    return goTo(
      receipt.outcome === 'not-ours'
        ? helpAddress(receipt.needs)
        : `/refer/sent/${receipt.reference}?to=${reachLetter(receipt.reach)}`,
    )
  },
}
