import { listCompanionNotes } from '../../../chronology/operations/list-companion-notes.ts'
import { loadZone } from '../../../chronology/operations/load-zone.ts'
import {
  accessSecondPhrase,
  listSecondPhraseAccesses,
} from '../../../contact/operations/access-second-phrase.ts'
import { listChannels } from '../../../contact/operations/list-channels.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { type CaseId, type DiaryEntryId, type PhraseUseId, parseId } from '../../../foundation/ids.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { type ActCheck, carryFields, findActCheck } from '../../../identity/check-act.ts'
import { wasSentBefore } from '../../../identity/operations/is-first-sending.ts'
import { makePhrases } from '../../../identity/operations/make-phrases.ts'
import { loadPhraseState } from '../../../identity/operations/phrase-state.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { readForm } from '../../../web/read-form.ts'
import { type FormFields, fieldText, type PageRequest } from '../../../web/request.ts'
import { phraseForm, secondPhraseForm } from './form.ts'
import { madeAlreadyView, phraseView, slipsView } from './view.ts'

/** Whether the client has a phrase, and the form that makes a new one. */
export async function showPhrase(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return writePage(visit, new Map(), [])
}

/** Makes the phrases and shows them, this once; they are kept nowhere as words. */
export async function takePhrase(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { clinic, staff, caseId } = visit
  const read = readForm(phraseForm, request.form)
  if (!read.ok) return writePage(visit, request.form, read.problems)
  const once = readOnce(request.form) ?? newOnce()
  const { check } = read.value
  const made = await visit.onCase(async transaction => {
    const { madeAt } = await loadPhraseState(transaction, caseId)
    const zone = await loadZone(transaction, caseId)
    const isNew = madeAt !== null && !(await wasSentBefore(transaction, `phrase:${once}`))
    const page =
      isNew && findActCheck(visit, request.form, replacingOf(caseId, sayMoment(madeAt, zone), request.form))
    return page || makePhrases(clinic, transaction, staff.personId, caseId, { check, once })
  })
  if (made && 'kind' in made) return made
  return showPage(made ? slipsView(visit, made) : madeAlreadyView(visit))
}

/**
 * Closes the uses of the second phrase that were on the page, with what was done about them. Where the alarm stays all
 * the same, or the note was not kept, the page comes again with what was typed, and says which and why.
 */
export async function takeDuressSeen({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { clinic, caseId, staff } = visit
  const read = readForm(secondPhraseForm, form)
  if (!read.ok) return writePage(visit, form, read.problems)
  const seen = fieldText(form, 'uses').split(' ').slice(0, 100)
  const useIds = seen.flatMap(each => parseId<PhraseUseId>(each) ?? [])
  const lastNote = parseId<DiaryEntryId>(fieldText(form, 'last'))
  const { note } = read.value
  const message = await visit.onCase(async transaction => {
    const access = { useIds, lastNote, note }
    const done = await accessSecondPhrase(clinic, transaction, staff.personId, caseId, access)
    const accesses = await listSecondPhraseAccesses(clinic, transaction, caseId)
    const { duressUses } = await loadPhraseState(transaction, caseId)
    // The same form sent twice finds its note there.
    const isKept = accesses.some(each => each.by === staff.name && each.note === note)
    return sayWhyItStands(done, isKept, duressUses.length > 0)
  })
  return message ? writePage(visit, form, [{ field: 'note', message }]) : goTo(`/cases/${caseId}/phrase`)
}

/** Why what was sent did not end the alarm, or was not kept; null when it is kept and no alarm is left. */
function sayWhyItStands(
  done: Awaited<ReturnType<typeof accessSecondPhrase>>,
  isKept: boolean,
  isOpen: boolean,
): string | null {
  if (done === 'written-since')
    return 'Something was written meanwhile, so nothing is closed and your note is not kept yet. Read it above, then say what you did'
  if (!isKept)
    return isOpen
      ? 'Somebody else closed those uses while you wrote, and it was used again. Your note is not kept yet. Say what you did'
      : 'Somebody else closed this while you wrote. Your note is not kept: what you typed stands below, and theirs under earlier uses'
  return isOpen
    ? 'It was used or written in again while you wrote, so the alarm stands. Your note is kept with the earlier uses. Say what you did about the new one'
    : null
}

function replacingOf(caseId: CaseId, since: string, form: FormFields): ActCheck {
  const path = `/cases/${caseId}/phrase`
  return {
    title: 'Replace the client’s phrase?',
    chosen: [{ key: 'The phrase there is', value: `Made on ${since}` }],
    follows: [
      'The phrase there is, and the second one, open nothing from that moment. Anyone who is signed in with either is signed out.',
      'The new words are shown once, on the next page, and nowhere else. Make them only while you can hand them over: in person, or in a call that you both know to be safe.',
      'Until the client has them they cannot sign in, and cannot call for help with the second phrase.',
    ],
    undo: 'It cannot be undone: the old words are kept nowhere. You can make another phrase.',
    action: path,
    fields: carryFields(form, ['check', 'agreed']),
    button: 'Make a new phrase',
    back: { href: path, text: 'Back to the case phrase' },
  }
}

async function writePage(
  visit: CaseVisit,
  typed: FormFields,
  problems: readonly FormProblem[],
): Promise<Answer> {
  const state = await visit.onCase(async transaction => ({
    ...(await loadPhraseState(transaction, visit.caseId)),
    zone: await loadZone(transaction, visit.caseId),
    channels: await listChannels(visit.clinic, transaction, visit.caseId),
    written: await listCompanionNotes(visit.clinic, transaction, visit.caseId),
    looks: await listSecondPhraseAccesses(visit.clinic, transaction, visit.caseId),
  }))
  return showPage(phraseView(visit, { ...state, typed, problems }), problems.length > 0 ? 422 : 200)
}
