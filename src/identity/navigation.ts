import type { Role } from './role.ts'

/** A place in the clinic that every page of a role offers. */
export type NavigationEntry = {
  readonly text: string
  readonly href: string
  /** What somebody does there, for their first page of the day. */
  readonly purpose: string
}

const takeCall: NavigationEntry = {
  text: 'Take a call',
  href: '/calls/new',
  purpose: 'Write down what a caller says, on one screen, and find out whether the clinic can help.',
}
const triage: NavigationEntry = {
  text: 'Triage',
  href: '/triage',
  purpose: 'See who is waiting and who is most at risk, check for conflicts and open a case.',
}
const cases: NavigationEntry = {
  text: 'Cases',
  href: '/cases',
  purpose: 'Open a case that you work on: its evidence, its chronology and its bundles.',
}
const shared: NavigationEntry = {
  text: 'Shared with you',
  href: '/cases',
  purpose: 'Open what was shared with the police: the chronology and approved bundles.',
}
const tasks: NavigationEntry = {
  text: 'Tasks',
  href: '/tasks',
  purpose: 'See what only a person can do: a reminder that was not sent, a review that is due.',
}
const appointments: NavigationEntry = {
  text: 'Appointments',
  href: '/appointments',
  purpose: 'See who comes today and in the next weeks, and who did not come and must be looked for.',
}
const myCalendar: NavigationEntry = {
  text: 'My calendar',
  href: '/my-calendar',
  purpose: 'Say when you work and when you are away. Without working hours nobody can book you.',
}
const calendars: NavigationEntry = {
  text: 'Calendars',
  href: '/calendars',
  purpose: 'See who can be booked, and keep anybody’s working hours and time away.',
}
const figures: NavigationEntry = {
  text: 'Figures',
  href: '/figures',
  purpose: 'See how many ask for help, how long they wait, and how cases end. Never a name.',
}
const reviews: NavigationEntry = {
  text: 'Reviews due',
  href: '/reviews',
  purpose: 'See which safety plans are to be looked at again.',
}
const people: NavigationEntry = {
  text: 'People',
  href: '/admin/people',
  purpose: 'Invite somebody, ask for a new link, or stop somebody signing in.',
}
const links: NavigationEntry = {
  text: 'Who joins',
  href: '/admin/links',
  purpose: 'Approve or refuse the links an administrator asks for, and hand over those you approve.',
}
const acts: NavigationEntry = {
  text: 'What was done',
  href: '/admin/acts',
  purpose: 'See who was invited, approved or stopped, and what was done at the machine.',
}
const signIns: NavigationEntry = {
  text: 'Sign-ins',
  href: '/admin/sign-ins',
  purpose: 'See who joined or was set up again by a link, and confirm somebody as the third person.',
}
const queue: NavigationEntry = {
  text: 'Work that stopped',
  href: '/admin/queue',
  purpose: 'See work the program gave up on, and start it again.',
}

const services: NavigationEntry = {
  text: 'Other services',
  href: '/services',
  purpose: 'See which numbers and hours of other services are due a check, and say what you found.',
}

const entries: Readonly<Record<Role, readonly NavigationEntry[]>> = {
  'call-handler': [takeCall],
  coordinator: [
    triage,
    cases,
    tasks,
    appointments,
    calendars,
    reviews,
    takeCall,
    services,
    links,
    signIns,
    acts,
  ],
  'cyber-adviser': [cases, tasks, appointments, reviews, myCalendar],
  'stalking-advocate': [cases, tasks, appointments, reviews, myCalendar],
  idva: [cases, tasks, appointments, reviews, myCalendar],
  'police-liaison': [shared],
  manager: [figures],
  administrator: [people, signIns, queue, acts],
}

/** What a role finds in the navigation, in the order of its day. */
export function findNavigation(role: Role): readonly NavigationEntry[] {
  return entries[role]
}
