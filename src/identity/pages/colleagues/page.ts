import { type PersonId, parseId } from '../../../foundation/ids.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import type { PageRequest } from '../../../web/request.ts'
import { type ActCheck, findActCheck } from '../../check-act.ts'
import type { JoinsAgain } from '../../credential-change.ts'
import { listWhoJoinsAgain, vouchForColleague } from '../../operations/credential-changes.ts'
import { isFirstSending, wasSentBefore } from '../../operations/is-first-sending.ts'
import { wordsOfForm } from '../../operations/secret-words.ts'
import { roleName } from '../../role.ts'
import type { StaffVisit } from '../../route.ts'
import { colleaguesView, witnessView } from './view.ts'

const backTo = '/account/colleagues'

/** Shows who is to join again and could have this person's word for what they lost. */
export async function showColleagues(_request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const people = await visit.clinic.database.transaction(visit.actor, listWhoJoinsAgain)
  return showPage(colleaguesView(visit, people))
}

/** Gives the words that a colleague who is there may show in place of their second secret. */
export async function takeConfirmColleague(request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const personId = parseId<PersonId>(request.params['person'] ?? '')
  if (!personId) return showPage(problemPage(404), 404)
  const { clinic, staff } = visit
  const once = readOnce(request.form) ?? newOnce()
  const words = wordsOfForm(clinic, 'witness', `${staff.personId} ${personId} ${once}`)
  const outcome = await clinic.database.transaction(visit.actor, async transaction => {
    const person = (await listWhoJoinsAgain(transaction)).find(each => each.personId === personId)
    if (!person) return null
    if (await wasSentBefore(transaction, once)) return person
    const page = findActCheck(visit, request.form, vouching(person))
    if (page) return page
    if (!(await isFirstSending(transaction, once))) return person
    return (await vouchForColleague(clinic, transaction, personId, words)) ? person : null
  })
  if (!outcome) return showPage(problemPage(404), 404)
  if ('kind' in outcome) return outcome
  return showPage(witnessView(visit, outcome, words))
}

function vouching(person: JoinsAgain): ActCheck {
  return {
    title: `Is ${person.name} with you?`,
    chosen: [
      { key: 'Name', value: person.name },
      { key: 'Role', value: `${person.role ? roleName(person.role) : ''}, ${person.agencyName}` },
    ],
    follows: [
      'Say yes only if you see them, here or in a video call, and know them. A telephone call or a message is not enough.',
      'The next page shows 4 words, for half an hour. Read them out to them alone: with the link and the joining code they have, they set up their sign-in again.',
      'That you gave your word, and when, stays on record and is shown to every administrator and coordinator.',
    ],
    undo: 'If you were mistaken, an administrator stops them signing in, at once.',
    action: `${backTo}/${person.personId}/confirm`,
    fields: {},
    takesTwo: true,
    button: 'Yes, they are with me',
    back: { href: backTo, text: 'Back to colleagues' },
  }
}
