import { type PersonId, parseId } from '../../../foundation/ids.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { readForm } from '../../../web/read-form.ts'
import type { PageRequest } from '../../../web/request.ts'
import { type ActCheck, findActCheck } from '../../check-act.ts'
import { askForReturn } from '../../operations/ask-for-link.ts'
import { countComingAppointments } from '../../operations/count-coming-appointments.ts'
import { listPeople } from '../../operations/list-people.ts'
import { type SuspensionReason, suspendPerson, suspensionReasons } from '../../operations/suspend-person.ts'
import type { Person } from '../../person.ts'
import { roleName } from '../../role.ts'
import type { StaffVisit } from '../../route.ts'
import { returnForm, suspendForm } from './form.ts'

const backTo = '/admin/people'
const back = { href: backTo, text: 'Back to people' }
const notFound = (): Answer => showPage(problemPage(404), 404)

const reasonWords: Readonly<Record<SuspensionReason, string>> = {
  left: 'They left',
  'lost-phone-or-password': 'Their phone or password is in other hands',
  'being-looked-into': 'What they did is being looked into',
  other: 'Another reason',
}

/** What follows when somebody is stopped, as the clinic is now. */
function suspensionOf(person: Person, people: readonly Person[], appointments: number): ActCheck {
  const others = people.filter(
    each => each.role === person.role && each.state === 'active' && each.personId !== person.personId,
  )
  const isLast = person.state === 'active' && others.length === 0
  return {
    title: `Stop ${person.name} signing in?`,
    chosen: [
      { key: 'Name', value: person.name },
      { key: 'Role', value: `${roleName(person.role)}, ${person.agencyName}` },
    ],
    follows: [
      'They are signed out at once, wherever they are signed in, and cannot sign in again.',
      'A link or a request that waits for them ends.',
      appointments === 0
        ? 'They are booked in no coming appointment.'
        : `They are booked in ${appointments} coming ${appointments === 1 ? 'appointment, which stays' : 'appointments, which stay'} booked. Nobody is told: ask a coordinator to find somebody else for ${appointments === 1 ? 'it' : 'them'}.`,
      'Everything they wrote and did stays, under their name.',
      ...(isLast ? [sayLast(person)] : []),
    ],
    undo: 'Two people let them in again: an administrator asks, on this list, and a coordinator approves. They then sign in as before.',
    action: `${backTo}/${person.personId}/suspend`,
    fields: {},
    asks: ({ choose }) =>
      choose(
        'because',
        'Why?',
        suspensionReasons.map(each => ({ value: each, text: reasonWords[each] })),
        { hint: 'The choice is kept with what was done. Nothing else about it is.' },
      ),
    button: 'Stop them signing in',
    back,
  }
}

function sayLast(person: Person): string {
  return person.role === 'coordinator'
    ? 'Nobody is left who can take a referral, open a case, change a consent or approve who joins. Only the person who keeps the machine can then make a link for a new coordinator, at its command line.'
    : `Nobody else at the clinic is at work as ${roleName(person.role).toLowerCase()}.`
}

/** Stops somebody signing in, at once, after a page that says what follows. */
export async function takeSuspend(request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const personId = parseId<PersonId>(request.params['person'] ?? '')
  if (!personId || personId === visit.staff.personId) return notFound()
  return visit.clinic.database.transaction(visit.actor, async transaction => {
    const { people } = await listPeople(transaction)
    const person = people.find(each => each.personId === personId)
    if (!person) return notFound()
    if (person.state === 'suspended') return goTo(backTo)
    const read = readForm(suspendForm, request.form)
    const check = suspensionOf(person, people, await countComingAppointments(transaction, personId))
    const page = findActCheck(visit, request.form, check, read.ok ? [] : read.problems)
    if (page || !read.ok) return page ?? notFound()
    const done = await suspendPerson(transaction, personId, read.value.because)
    return done.allowed ? goTo(backTo) : notFound()
  })
}

/** Asks the coordinators to let somebody in again. */
export async function takeReturn(request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const personId = parseId<PersonId>(request.params['person'] ?? '')
  if (!personId || personId === visit.staff.personId) return notFound()
  return visit.clinic.database.transaction(visit.actor, async transaction => {
    const { people } = await listPeople(transaction)
    const person = people.find(each => each.personId === personId)
    if (!person) return notFound()
    if (person.state !== 'suspended') return goTo(backTo)
    const read = readForm(returnForm, request.form)
    const approvers = people.filter(
      each => each.role === 'coordinator' && each.state === 'active' && each.personId !== personId,
    )
    const check: ActCheck = {
      title: `Ask to let ${person.name} in again?`,
      chosen: [
        { key: 'Name', value: person.name },
        { key: 'Role', value: `${roleName(person.role)}, ${person.agencyName}` },
      ],
      follows: [
        approvers.length > 0
          ? `Nothing changes until a coordinator approves: ${approvers.map(each => each.name).join(', ')}.`
          : 'Nothing changes until a coordinator approves, and no coordinator is at work who could.',
        'Once approved, they sign in with the password and the codes they had, and see again what their role and agency see. If those may be in other hands, ask for a new link instead.',
      ],
      undo: 'You can take the request back while nobody has decided. After that, stop them again.',
      action: `${backTo}/${person.personId}/let-in`,
      fields: {},
      asks: ({ words }) =>
        words('why', 'Why may they sign in again?', {
          hint: 'Coordinators and administrators can read it. Nothing about a case.',
        }),
      takesTwo: true,
      button: 'Ask a coordinator',
      isGiving: true,
      back,
    }
    const page = findActCheck(visit, request.form, check, read.ok ? [] : read.problems)
    if (page || !read.ok) return page ?? notFound()
    const asked = await askForReturn(transaction, personId, read.value.why)
    return asked.allowed ? goTo(backTo) : notFound()
  })
}
