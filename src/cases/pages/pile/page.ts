import { loadProfile } from '../../../directory/operations/load-profile.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { type CaseId, type ClearingId, parseId } from '../../../foundation/ids.ts'
import { type ActCheck, findActCheck } from '../../../identity/check-act.ts'
import type { ClinicVisit } from '../../../identity/route.ts'
import type { Transaction } from '../../../platform/database.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { readForm } from '../../../web/read-form.ts'
import { type FormFields, fieldText, fieldValues, type PageRequest } from '../../../web/request.ts'
import { undoDays } from '../../flood.ts'
import { listPile, pileOnPage } from '../../operations/list-pile.ts'
import { clearPile, moveToTriage, undoClearing, weighChoice } from '../../operations/sort-pile.ts'
import type { PileChoice } from '../../pile.ts'
import { clearingForm } from './form.ts'
import { pileView, shortSource } from './view.ts'

/** What is meant: forms that were ticked, all of one source, or all that ticked no sign of danger. Null when nothing is. */
function readChoice(form: FormFields, now: Date): PileChoice | null {
  const untilText = fieldText(form, 'until')
  const asked = new Date(untilText === '' ? now : untilText)
  const until = Number.isNaN(asked.getTime()) || asked > now ? now : asked
  const forms = fieldValues(form, 'form').flatMap(text => parseId<CaseId>(text) ?? [])
  if (forms.length > 0) return { forms: forms.slice(0, pileOnPage), source: null, until }
  const source = fieldText(form, 'source')
  if (/^[0-9a-f]{64}$/.test(source)) return { forms: null, source, until }
  return fieldText(form, 'all') === 'without-danger' ? { forms: null, source: null, until } : null
}

const notFound = (): Answer => showPage(problemPage(404), 404)
const many = (forms: number): string => (forms === 1 ? '1 form' : `${forms} forms`)

/** The forms that a flood set aside. */
export async function showPile({ query }: PageRequest, visit: ClinicVisit): Promise<Answer> {
  return visit.onClinic(transaction =>
    drawPile(transaction, visit, {
      page: Math.floor(Math.min(1000, Math.max(1, Number(query.get('page')) || 1))),
      moved: /^\d{1,4}$/.test(query.get('moved') ?? '') ? Number(query.get('moved')) : null,
      problems: [],
    }),
  )
}

async function drawPile(
  transaction: Transaction,
  visit: ClinicVisit,
  shown: { readonly page: number; readonly moved: number | null; readonly problems: readonly FormProblem[] },
): Promise<Answer> {
  const pile = await listPile(transaction, shown.page)
  const zone = (await loadProfile(transaction)).timeZone
  return showPage(pileView(visit, { ...shown, pile, zone }), shown.problems.length > 0 ? 400 : 200)
}

/** The page again, with what is wrong said first: nothing was ticked. */
const askForTicks = (transaction: Transaction, visit: ClinicVisit, what: string): Promise<Answer> =>
  drawPile(transaction, visit, {
    page: 1,
    moved: null,
    problems: [{ field: 'form', message: `Tick the forms to ${what}` }],
  })

export async function takePileMove({ form }: PageRequest, visit: ClinicVisit): Promise<Answer> {
  return visit.clinic.database.transaction(visit.actor, async transaction => {
    const choice = readChoice(form, transaction.now)
    if (!choice) return askForTicks(transaction, visit, 'move')
    return goTo(`/triage/pile?moved=${await moveToTriage(transaction, choice)}`)
  })
}

export async function takeClearing({ form }: PageRequest, visit: ClinicVisit): Promise<Answer> {
  return visit.clinic.database.transaction(visit.actor, async transaction => {
    const choice = readChoice(form, transaction.now)
    if (!choice) return askForTicks(transaction, visit, 'clear')
    const weighed = await weighChoice(transaction, choice)
    if (weighed.forms === 0) return goTo('/triage/pile')
    const read = readForm(clearingForm, form)
    const page = findActCheck(visit, form, clearingOf(choice, weighed), read.ok ? [] : read.problems)
    if (page || !read.ok) return page ?? notFound()
    await clearPile(transaction, visit.staff.personId, choice, read.value.reason)
    return goTo('/triage/pile')
  })
}

function clearingOf(
  { forms, source, until }: PileChoice,
  weighed: { readonly forms: number; readonly danger: number },
): ActCheck {
  const danger =
    weighed.danger === 0
      ? 'None of them ticked a sign of danger; what they wrote has not been read.'
      : `${weighed.danger} of them ticked a sign of danger. Read those first: a person in danger may be among them, and among the others: what they wrote has not been read.`
  return {
    title: `Clear ${many(weighed.forms)} unread?`,
    chosen: [
      {
        key: 'Which',
        value: source
          ? `All from ${shortSource(source)}`
          : forms
            ? 'Those you ticked'
            : 'All that ticked no sign of danger',
      },
    ],
    follows: [
      danger,
      'Nobody will read them. The people who sent them were told that we have them.',
      'What they say stays sealed. Forms that come after this are not touched.',
    ],
    undo: `Any coordinator can bring them back from the same page for ${undoDays} days.`,
    action: '/triage/pile/clear',
    fields: {
      until: until.toISOString(),
      ...(source ? { source } : forms ? { form: forms } : { all: 'without-danger' }),
    },
    asks: write => write.words('reason', 'Why?', { hint: 'Nothing that says who anybody is.' }),
    button: `Clear ${many(weighed.forms)}`,
    back: { href: '/triage/pile', text: 'Back to the forms set aside' },
  }
}

export async function takeClearingBack({ params }: PageRequest, visit: ClinicVisit): Promise<Answer> {
  const clearingId = parseId<ClearingId>(params['clearing'] ?? '')
  if (!clearingId) return notFound()
  const isBack = await visit.clinic.database.transaction(visit.actor, transaction =>
    undoClearing(transaction, visit.staff.personId, clearingId),
  )
  return isBack ? goTo('/triage/pile') : notFound()
}
