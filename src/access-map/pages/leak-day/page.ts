import type { FormProblem } from '../../../foundation/decision.ts'
import { sayDate } from '../../../foundation/say-date.ts'
import { type ActCheck, findActCheck } from '../../../identity/check-act.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { type FormFields, fieldText, fieldValues, type PageRequest } from '../../../web/request.ts'
import { daysThatCount } from '../../leaks/leak-log.ts'
import { listReadingPlaces } from '../../leaks/reading-places.ts'
import { changeLeaks } from '../../operations/change-leaks.ts'
import { type LeakFile, loadLeakFile } from '../../operations/load-leaks.ts'
import { fillFromDay, readDayForm, readSeenLeaks, sayRefusedDay } from '../parts/leak-day-form.ts'
import { leakDayView } from './view.ts'

async function find(request: PageRequest, visit: CaseVisit) {
  const file = await visit.onCase(transaction => loadLeakFile(visit.clinic, transaction, visit.caseId))
  const day = file.log.days.find(each => each.dayId === request.params['day'])
  return day && { file, day }
}

type Found = NonNullable<Awaited<ReturnType<typeof find>>>

function write(
  visit: CaseVisit,
  { file, day }: Found,
  typed: FormFields,
  problems: readonly FormProblem[],
  once = newOnce(),
): Answer {
  return showPage(leakDayView(visit, { file, day, typed, problems, once }), problems.length > 0 ? 422 : 200)
}

/** One day, to correct, to take away or to put back. */
export async function showDay(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const found = await find(request, visit)
  if (!found) return showPage(problemPage(404), 404)
  return write(visit, found, fillFromDay(found.day), [])
}

/** Keeps a correction as a new revision. */
export async function correctDay(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form } = request
  const found = await find(request, visit)
  if (!found) return showPage(problemPage(404), 404)
  const read = readDayForm(
    form,
    found.file.today,
    listReadingPlaces(found.file.context.inventory, found.file.context.catalogue),
  )
  if (!read.ok) return write(visit, found, form, read.problems, readOnce(form) ?? newOnce())
  const change = {
    kind: 'correct',
    dayId: found.day.dayId,
    seen: readSeenLeaks(form),
    words: read.value,
  } as const
  return keep(request, visit, change)
}

/** Keeps what carried one day, any thing of the map among them. */
export async function keepCarriers(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form } = request
  const found = await find(request, visit)
  if (!found) return showPage(problemPage(404), 404)
  const asked = thingsOf(found.file)
  const carriers = fieldValues(form, 'carriers').filter(each => asked.includes(each))
  const rows = [{ dayId: found.day.dayId, carriers }]
  return keep(request, visit, { kind: 'carriers', seen: readSeenLeaks(form), asked, rows })
}

const thingsOf = (file: LeakFile): readonly string[] =>
  file.context.inventory.things.map(each => each.thingId)

async function keep(
  request: PageRequest,
  visit: CaseVisit,
  change: Parameters<typeof changeLeaks>[4],
): Promise<Answer> {
  const { clinic, caseId, staff } = visit
  const result = await visit.onCase(transaction =>
    changeLeaks(clinic, transaction, staff.personId, caseId, change, readOnce(request.form)),
  )
  if (result.allowed || result.because === 'nothing-changed') return goTo(`/cases/${caseId}/map/leaks#days`)
  const again = await find(request, visit)
  if (!again) return showPage(problemPage(404), 404)
  const problem = sayRefusedDay(result.because)
  const isTicks = change.kind === 'carriers'
  const typed = isTicks ? fillFromDay(again.day) : request.form
  return write(visit, again, typed, [isTicks ? { ...problem, field: 'carriers' } : problem])
}

/** Takes away a day that says nothing, or puts it back, after what follows was read. */
export async function takeDayAway(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form } = request
  const { clinic, caseId, staff } = visit
  const found = await find(request, visit)
  if (!found) return showPage(problemPage(404), 404)
  const { day } = found
  const isGone = fieldText(form, 'gone') !== 'no'
  const path = `/cases/${caseId}/map/leaks`
  if (day.isGone === isGone) return goTo(`${path}#days`)
  const page = findActCheck(visit, form, isGone ? takingAway(path, found) : puttingBack(path, found))
  if (page) return page
  const change = { kind: 'gone', dayId: day.dayId, isGone } as const
  const result = await visit.onCase(transaction =>
    changeLeaks(clinic, transaction, staff.personId, caseId, change, readOnce(form)),
  )
  if (!result.allowed && result.because === 'no-such-day') return showPage(problemPage(404), 404)
  return goTo(`${path}#days`)
}

function chosenOf({ day }: Found): NonNullable<ActCheck['chosen']> {
  const [year = 0, month = 0, date = 0] = day.on.split('-').map(Number)
  return [
    { key: 'Day', value: sayDate({ year, month, day: date }) },
    { key: 'What', value: day.what || 'Nothing was written' },
    { key: 'Told', value: day.knew ? 'The suspected person knew' : 'The suspected person did not know' },
  ]
}

function takingAway(path: string, found: Found): ActCheck {
  const { day, file } = found
  const left = daysThatCount(file.log).length - 1
  return {
    title: 'Take this day out of the leak finder?',
    chosen: chosenOf(found),
    follows: [
      `${left === 0 ? 'No day is' : left === 1 ? 'One day is' : `${left} days are`} left to calculate from. The ranking is another without it.`,
      'A day taken out because it does not fit makes the ranking say what somebody hoped. Take it out only when it was entered by mistake, or tells nothing.',
      ...(day.incident === null
        ? []
        : ['The incident it was taken from stays in the chronology as it is, and can be taken over again.']),
      'It stays in the log as taken away, and anyone who looks at the ranking can see that.',
    ],
    undo: 'Put it back on this same page.',
    action: `${path}/days/${day.dayId}/gone`,
    fields: { gone: 'yes' },
    button: 'Take this day out',
    back: { href: `${path}/days/${day.dayId}`, text: 'Back to the day' },
  }
}

function puttingBack(path: string, found: Found): ActCheck {
  const { day } = found
  return {
    title: 'Put this day back?',
    chosen: chosenOf(found),
    follows: ['The ranking counts it again.'],
    undo: 'Take it out again.',
    action: `${path}/days/${day.dayId}/gone`,
    fields: { gone: 'no' },
    button: 'Put this day back',
    isGiving: true,
    back: { href: `${path}/days/${day.dayId}`, text: 'Back to the day' },
  }
}
