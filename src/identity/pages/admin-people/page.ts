import { type AgencyId, type LinkRequestId, type PersonId, parseId } from '../../../foundation/ids.ts'
import { beginningOfList, type PlaceInList, readPlaceInList } from '../../../foundation/page-of-list.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { readForm } from '../../../web/read-form.ts'
import { fieldText, type PageRequest } from '../../../web/request.ts'
import { type ActCheck, findActCheck } from '../../check-act.ts'
import { askForNewLink, askForPerson } from '../../operations/ask-for-link.ts'
import { isFirstSending, wasSentBefore } from '../../operations/is-first-sending.ts'
import { listLinkRequests } from '../../operations/list-link-requests.ts'
import { listPeople, listPeoplePage } from '../../operations/list-people.ts'
import { wordsOfForm } from '../../operations/secret-words.ts'
import { withdrawLinkRequest } from '../../operations/withdraw-link-request.ts'
import type { Person } from '../../person.ts'
import { roleName } from '../../role.ts'
import type { StaffVisit } from '../../route.ts'
import { joiningCodeView } from '../parts/link-view.ts'
import { inviteForm } from './form.ts'
import { type PeopleView, peopleView } from './view.ts'

const backTo = '/admin/people'
const back = { href: backTo, text: 'Back to people' }

async function show(
  visit: StaffVisit,
  status: number,
  found: Pick<PeopleView, 'typed' | 'problems'> = {},
  place: PlaceInList = beginningOfList,
): Promise<Answer> {
  const list = await visit.clinic.database.transaction(visit.actor, async transaction => ({
    ...(await listPeoplePage(transaction, place)),
    requests: await listLinkRequests(transaction),
  }))
  return showPage(peopleView(visit, { ...list, ...found }), status)
}

/** Shows everybody at the clinic. */
export async function showPeople({ query }: PageRequest, visit: StaffVisit): Promise<Answer> {
  const place = readPlaceInList(name => query.get(name))
  return show(visit, 200, {}, place)
}

/** Asks a coordinator for a link for somebody new (S12), and shows once the joining code that goes with it. */
export async function takeInvite(request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const field = (name: string): string => fieldText(request.form, name)
  const typed = {
    name: field('name'),
    'sign-in-name': field('sign-in-name'),
    role: field('role'),
    agency: field('agency'),
  }
  const read = readForm(inviteForm, request.form)
  if (!read.ok) return show(visit, 422, { typed, problems: read.problems })
  const { name, role, 'sign-in-name': signInName } = read.value
  const { agencies } = await visit.clinic.database.transaction(visit.actor, listPeople)
  const agencyId = parseId<AgencyId>(read.value.agency)
  if (!agencyId || !agencies.some(agency => agency.agencyId === agencyId)) {
    return show(visit, 422, { typed, problems: [{ field: 'agency', message: 'Select their agency' }] })
  }
  const person = { name, signInName, role, agencyId }
  const once = readOnce(request.form) ?? newOnce()
  const code = codeOf(visit, once)
  const asked = await visit.clinic.database.transaction(visit.actor, async transaction =>
    (await isFirstSending(transaction, once))
      ? askForPerson(visit.clinic, transaction, person, code)
      : { allowed: true as const },
  )
  if (!asked.allowed) {
    const message = 'Somebody has this sign-in name already, or waits to be approved. Enter another'
    return show(visit, 422, { typed, problems: [{ field: 'sign-in-name', message }] })
  }
  return showPage(joiningCodeView(visit, { name, code, joinedBefore: false, back }))
}

/** Bound to the person who asks: the same form sent by somebody else shows other words. */
const codeOf = (visit: StaffVisit, once: string): readonly string[] =>
  wordsOfForm(visit.clinic, 'joining-code', `${visit.staff.personId} ${once}`)

/** Asks for a new link for somebody who has lost theirs, or their phone, and shows the joining code that goes with it. */
export async function takeNewLink(request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const personId = parseId<PersonId>(request.params['person'] ?? '')
  if (!personId || personId === visit.staff.personId) return showPage(problemPage(404), 404)
  const once = readOnce(request.form) ?? newOnce()
  const code = codeOf(visit, `${personId} ${once}`)
  const outcome = await visit.clinic.database.transaction(visit.actor, async transaction => {
    const person = (await listPeople(transaction)).people.find(each => each.personId === personId)
    if (!person) return null
    if (await wasSentBefore(transaction, once)) return person
    const page = findActCheck(visit, request.form, newLinkFor(person))
    if (page) return page
    if (!(await isFirstSending(transaction, once))) return person
    const asked = await askForNewLink(visit.clinic, transaction, personId, code)
    if (asked.allowed) return person
    return asked.because === 'waits-already' ? goTo(backTo) : null
  })
  if (outcome === null) return showPage(problemPage(404), 404)
  if ('kind' in outcome) return outcome
  const { name } = outcome
  return showPage(joiningCodeView(visit, { name, code, joinedBefore: true, back }))
}

function newLinkFor(person: Person): ActCheck {
  return {
    title: `Ask for a new link for ${person.name}?`,
    chosen: [
      { key: 'Name', value: person.name },
      { key: 'Role', value: `${roleName(person.role)}, ${person.agencyName}` },
    ],
    follows: [
      'Once a coordinator approves, they cannot sign in with the password and codes they had, and are signed out wherever they are.',
      'To set up a new password and new codes they need three things from three sides: the link from the coordinator, a joining code from you, which the next page shows once, and the second secret they wrote down when they joined. Anyone who has only one of them can do nothing.',
      'If they lost their second secret, a colleague of their agency who is with them stands in for it; that is neither you nor the coordinator who approves.',
      'Afterwards they are told of it on every page until they say they know, and for a day nothing that takes two people can be done in their name.',
      'Nothing changes until the coordinator approves.',
    ],
    undo: 'You can take the request back while nobody has decided.',
    action: `${backTo}/${person.personId}/link`,
    fields: {},
    takesTwo: true,
    button: 'Ask a coordinator',
    back,
  }
}

/** Takes back what was asked of the coordinators. */
export async function takeWithdraw(request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const requestId = parseId<LinkRequestId>(request.params['request'] ?? '')
  const isThere =
    requestId &&
    (await visit.clinic.database.transaction(visit.actor, transaction =>
      withdrawLinkRequest(transaction, requestId),
    ))
  return isThere ? goTo(backTo) : showPage(problemPage(404), 404)
}
