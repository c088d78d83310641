import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import type { PageRequest } from '../../../web/request.ts'
import { type ActCheck, findActCheck } from '../../check-act.ts'
import { type CredentialChange, sayChange, sayCredentialPart } from '../../credential-change.ts'
import { decideThird } from '../../fresh-credential.ts'
import { confirmAsThird, findChange, listChanges } from '../../operations/credential-changes.ts'
import type { StaffVisit } from '../../route.ts'
import { signInsView } from './view.ts'

const aPage = 50
const backTo = '/admin/sign-ins'

/** Shows who joined, or was set up again, by a link. */
export async function showSignIns(request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const asked = request.query.get('before') ?? ''
  const before = /^\d{1,15}$/.test(asked) ? Number(asked) : null
  const page = await visit.clinic.database.transaction(visit.actor, transaction =>
    listChanges(transaction, { before, atMost: aPage }),
  )
  return showPage(signInsView(visit, page))
}

/** As the third person, ends the wait of somebody who was set up again. */
export async function takeConfirmSignIn(request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const asked = request.params['change'] ?? ''
  if (!/^\d{1,15}$/.test(asked)) return showPage(problemPage(404), 404)
  const by = { personId: visit.staff.personId, waitsUntil: visit.notices.waitsUntil }
  return visit.clinic.database.transaction(visit.actor, async transaction => {
    const change = await findChange(transaction, Number(asked))
    if (!change) return showPage(problemPage(404), 404)
    // Over, or somebody who had a part in it: the list says which.
    if (!decideThird(change, by, transaction.now).allowed) return goTo(backTo)
    const page = findActCheck(visit, request.form, confirmingOf(change))
    if (page) return page
    await confirmAsThird(transaction, change.changeId, by)
    return goTo(backTo)
  })
}

function confirmingOf(change: CredentialChange): ActCheck {
  return {
    title: `Is it ${change.personName} who signs in?`,
    chosen: [
      { key: 'Name', value: change.personName },
      { key: 'What was changed', value: sayChange(change) },
      { key: 'By whom', value: sayCredentialPart(change) },
    ],
    follows: [
      'Say yes only if you have spoken to them yourself, and they told you that they set it up.',
      'From that moment they can again do their part of what takes two people: who joins, what leaves, a client’s phrases.',
      'What they do until the day is over still says that they had been set up again.',
    ],
    undo: 'It cannot be taken back. An administrator can stop them signing in at once.',
    action: `${backTo}/${change.changeId}/confirm`,
    fields: {},
    takesTwo: true,
    button: 'Yes, it is them',
    isGiving: true,
    back: { href: backTo, text: 'Back to sign-ins' },
  }
}
