import type { Role } from '../../identity/role.ts'
import type { AnyRoute, CaseRoute, StaffRoute } from '../../identity/route.ts'
import {
  revealPlace,
  saveAttendance,
  saveFollowUp,
  saveNotes,
  showAppointment,
  takeReminder,
} from './appointment/page.ts'
import { showAppointments } from './appointments/page.ts'
import { endHours, removeLine, showCalendar, takeHours, takeLeave } from './calendar/page.ts'
import { showCalendars } from './calendars/page.ts'
import { askForCancelling, takeCancelling } from './cancel/page.ts'
import { showDiary } from './diary/page.ts'
import { askForMove, takeMove } from './move/page.ts'
import { askForAppointment, checkAppointment, takeAppointment } from './new-appointment/page.ts'

const all = '/cases/:case/appointments'
const one = `${all}/:appointment` as const
const seats: readonly Role[] = ['cyber-adviser', 'stalking-advocate', 'idva']

// The ways to reach the client, by which a reminder could leave.
const beside = ['contact'] as const

const read = (path: CaseRoute['path'], answer: CaseRoute['answer']): CaseRoute => ({
  kind: 'case',
  method: 'GET',
  path,
  part: 'appointment',
  mode: 'read',
  answer,
})
const change = (method: 'GET' | 'POST', path: CaseRoute['path'], answer: CaseRoute['answer']): CaseRoute => ({
  ...read(path, answer),
  method,
  mode: 'write',
})
const own = (method: 'GET' | 'POST', path: string, answer: StaffRoute['answer']): StaffRoute => ({
  kind: 'staff',
  method,
  path,
  who: seats,
  answer,
})
const coordinated = (...of: Parameters<typeof own>): StaffRoute => ({ ...own(...of), who: ['coordinator'] })

/** The pages of appointments and calendars, and who may see each. */
export const appointmentRoutes: readonly AnyRoute[] = [
  read(all, showAppointments),
  change('GET', `${all}/new`, askForAppointment),
  change('POST', `${all}/check`, checkAppointment),
  change('POST', all, takeAppointment),
  { ...read(one, showAppointment), beside },
  { ...read(`${one}/place`, revealPlace), method: 'POST' },
  change('POST', `${one}/reminder`, takeReminder),
  change('POST', `${one}/notes`, saveNotes),
  change('POST', `${one}/attendance`, saveAttendance),
  change('POST', `${one}/follow-up`, saveFollowUp),
  { ...change('GET', `${one}/move`, askForMove), beside },
  change('POST', `${one}/move`, takeMove),
  { ...change('GET', `${one}/cancel`, askForCancelling), beside },
  change('POST', `${one}/cancel`, takeCancelling),
  { ...own('GET', '/appointments', showDiary), readsAtEntry: true, who: ['coordinator', ...seats] },
  { ...own('GET', '/my-calendar', showCalendar), readsAtEntry: true },
  own('POST', '/my-calendar/hours', takeHours),
  own('POST', '/my-calendar/end', endHours),
  own('POST', '/my-calendar/leave', takeLeave),
  own('POST', '/my-calendar/remove', removeLine),
  { ...coordinated('GET', '/calendars', showCalendars), readsAtEntry: true },
  { ...coordinated('GET', '/calendars/:person', showCalendar), readsAtEntry: true },
  coordinated('POST', '/calendars/:person/hours', takeHours),
  coordinated('POST', '/calendars/:person/end', endHours),
  coordinated('POST', '/calendars/:person/leave', takeLeave),
  coordinated('POST', '/calendars/:person/remove', removeLine),
]
