import { areaDoubts } from '../../../directory/area.ts'
import { findServices } from '../../../directory/find-services.ts'
import { loadProfile } from '../../../directory/operations/load-profile.ts'
import { loadServices } from '../../../directory/operations/load-services.ts'
import type { StaffVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import type { PageRequest } from '../../../web/request.ts'
import { receiveReferral } from '../../operations/receive-referral.ts'
import { parseReference } from '../../reference.ts'
import { helpAddress, readHelpAddress } from '../parts/help-address.ts'
import { readReferralForm } from '../parts/referral-form/form.ts'
import { reachLetter, readReach } from '../parts/referral-form/reach-words.ts'
import { callSheetView, savedCallView } from './view.ts'

export async function askForCall(_request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const profile = await visit.clinic.database.transaction(visit.actor, loadProfile)
  return showPage(callSheetView(visit, { profile, once: newOnce(), typed: new Map(), problems: [] }))
}

export async function takeCall({ form }: PageRequest, visit: StaffVisit): Promise<Answer> {
  const { clinic, actor } = visit
  const profile = await clinic.database.transaction(actor, loadProfile)
  const once = readOnce(form) ?? newOnce()
  const answers = readReferralForm(form, 'call', profile)
  if (!answers.ok)
    return showPage(callSheetView(visit, { profile, once, typed: form, problems: answers.problems }), 400)
  const receipt = await receiveReferral(clinic, actor, answers.value, once)
  const help = helpAddress(receipt.needs).split('?for=')[1] ?? ''
  const query = new URLSearchParams({
    outcome: receipt.outcome,
    ask: receipt.ask.join(','),
    for: help,
    to: reachLetter(receipt.reach),
  })
  if (receipt.areaDoubt) query.set('area', receipt.areaDoubt)
  if (receipt.emergencyFirst) query.set('first', '999')
  return goTo(`/calls/saved/${receipt.reference}?${query.toString()}`)
}

/** The decision with what to say next. The address carries the outcome and codes; it opens nothing. */
export async function showSavedCall({ params, query }: PageRequest, visit: StaffVisit): Promise<Answer> {
  const reference = parseReference(params['reference'] ?? '')
  if (!reference) return showPage(problemPage(404), 404)
  const { profile, world } = await visit.clinic.database.transaction(visit.actor, async transaction => ({
    profile: await loadProfile(transaction),
    world: await loadServices(transaction),
  }))
  const outcome = query.get('outcome')
  const asked = readHelpAddress(query.get('for') ?? '')
  return showPage(
    savedCallView(visit, {
      reference,
      outcome: outcome === 'ask' || outcome === 'not-ours' ? outcome : 'ours',
      ask: (query.get('ask') ?? '').split(','),
      areaDoubt: areaDoubts.find(each => each === query.get('area')) ?? null,
      emergencyFirst: query.get('first') === '999',
      services: outcome === 'not-ours' ? findServices(world, asked) : [],
      reach: readReach(query.get('to') ?? ''),
      next: profile.public.whatHappensNext,
    }),
  )
}
