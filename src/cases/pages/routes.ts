import type { AnyRoute } from '../../identity/route.ts'
import { showBars, takeBar, takeCaseBarOff } from './bars/page.ts'
import { showBeforeYouStart } from './before-you-start/page.ts'
import { askForCall, showSavedCall, takeCall } from './call-sheet/page.ts'
import { askForTriageRevision, showCaseTriage, takeTriageRevision } from './case-triage/page.ts'
import { showCaseload } from './caseload/page.ts'
import { askForClosing, takeClosing } from './close/page.ts'
import { showConsents, takeConsent } from './consents/page.ts'
import { revealContactField, showContact } from './contact/page.ts'
import { showFirstAccount } from './first-account/page.ts'
import { takeBarOff } from './lift-bar/page.ts'
import { askForNotOurs, takeNotOurs } from './not-ours/page.ts'
import { askForOpening, takeOpening } from './opening/page.ts'
import { showOtherHelp } from './other-help/page.ts'
import { showPile, takeClearing, takeClearingBack, takePileMove } from './pile/page.ts'
import { askForReferral, takeReferral } from './refer/page.ts'
import { showSent } from './sent/page.ts'
import { showService, showServices, takeServiceCheck } from './services/page.ts'
import { showStart } from './start/page.ts'
import { revealReferralField, showTriage, takeTriage } from './triage/page.ts'
import { showWaiting } from './waiting/page.ts'
import { takeWithdrawal } from './withdraw-consent/page.ts'
import {
  askForRequest,
  showExceptions,
  takeDecision,
  takeRequest,
  takeRequestBack,
} from './without-consent/page.ts'

const anyone = { kind: 'public' } as const
const coordinator = { kind: 'staff', who: ['coordinator'] } as const
const onTheTelephone = { kind: 'staff', who: ['call-handler', 'coordinator'] } as const
const readTriage = { kind: 'case', part: 'triage', mode: 'read' } as const
const writeTriage = { kind: 'case', part: 'triage', mode: 'write' } as const
const readConsent = { kind: 'case', part: 'consent', mode: 'read' } as const
const writeConsent = { kind: 'case', part: 'consent', mode: 'write' } as const
const readContact = { kind: 'case', part: 'contact', mode: 'read' } as const

/** The pages from first contact to an open case, and who may see each. */
export const casesRoutes: readonly AnyRoute[] = [
  { ...anyone, method: 'GET', path: '/', answer: showStart },
  { ...anyone, method: 'GET', path: '/refer', answer: showBeforeYouStart },
  { ...anyone, method: 'GET', path: '/refer/form', answer: askForReferral },
  { ...anyone, method: 'POST', path: '/refer/form', answer: takeReferral },
  { ...anyone, method: 'GET', path: '/refer/sent/:reference', answer: showSent },
  { ...anyone, method: 'GET', path: '/refer/other-help', answer: showOtherHelp },
  { ...coordinator, method: 'GET', path: '/services', answer: showServices },
  { ...coordinator, method: 'GET', path: '/services/:place', answer: showService },
  { ...coordinator, method: 'POST', path: '/services/:place', answer: takeServiceCheck },
  { ...onTheTelephone, method: 'GET', path: '/calls/new', answer: askForCall },
  { ...onTheTelephone, method: 'POST', path: '/calls/new', answer: takeCall },
  { ...onTheTelephone, method: 'GET', path: '/calls/saved/:reference', answer: showSavedCall },
  { ...coordinator, method: 'GET', path: '/triage', answer: showWaiting },
  { ...coordinator, method: 'GET', path: '/triage/pile', readsAtEntry: true, answer: showPile },
  { ...coordinator, method: 'POST', path: '/triage/pile/move', answer: takePileMove },
  { ...coordinator, method: 'POST', path: '/triage/pile/clear', answer: takeClearing },
  { ...coordinator, method: 'POST', path: '/triage/pile/:clearing/back', answer: takeClearingBack },
  { ...coordinator, method: 'GET', path: '/triage/:case', readsAtEntry: true, answer: showTriage },
  { ...coordinator, method: 'POST', path: '/triage/:case', answer: takeTriage },
  { ...coordinator, method: 'POST', path: '/triage/:case/contact', answer: revealReferralField },
  { ...coordinator, method: 'POST', path: '/triage/:case/lift-bar', answer: takeBarOff },
  { ...coordinator, method: 'GET', path: '/triage/:case/open', readsAtEntry: true, answer: askForOpening },
  { ...coordinator, method: 'POST', path: '/triage/:case/open', answer: takeOpening },
  {
    ...coordinator,
    method: 'GET',
    path: '/triage/:case/not-ours',
    readsAtEntry: true,
    answer: askForNotOurs,
  },
  { ...coordinator, method: 'POST', path: '/triage/:case/not-ours', answer: takeNotOurs },
  {
    kind: 'staff',
    who: ['coordinator', 'cyber-adviser', 'stalking-advocate', 'idva', 'police-liaison'],
    method: 'GET',
    path: '/cases',
    answer: showCaseload,
  },
  {
    kind: 'case',
    part: 'referral',
    mode: 'read',
    method: 'GET',
    path: '/cases/:case/first-account',
    beside: ['contact', 'triage'],
    answer: showFirstAccount,
  },
  { ...readTriage, method: 'GET', path: '/cases/:case/triage', answer: showCaseTriage },
  { ...writeTriage, method: 'GET', path: '/cases/:case/triage/revise', answer: askForTriageRevision },
  { ...writeTriage, method: 'POST', path: '/cases/:case/triage/revise', answer: takeTriageRevision },
  { ...writeTriage, method: 'GET', path: '/cases/:case/close', answer: askForClosing },
  { ...writeTriage, method: 'POST', path: '/cases/:case/close', answer: takeClosing },
  { ...readConsent, method: 'GET', path: '/cases/:case/consents', answer: showConsents },
  { ...writeConsent, method: 'POST', path: '/cases/:case/consents', answer: takeConsent },
  { ...writeConsent, method: 'POST', path: '/cases/:case/consents/withdraw', answer: takeWithdrawal },
  { ...writeConsent, method: 'GET', path: '/cases/:case/without-consent', answer: showExceptions },
  { ...writeConsent, method: 'GET', path: '/cases/:case/without-consent/ask', answer: askForRequest },
  { ...writeConsent, method: 'POST', path: '/cases/:case/without-consent/ask', answer: takeRequest },
  {
    ...writeConsent,
    method: 'POST',
    path: '/cases/:case/without-consent/decide',
    answer: takeDecision,
  },
  {
    ...writeConsent,
    method: 'POST',
    path: '/cases/:case/without-consent/take-back',
    answer: takeRequestBack,
  },
  // Who is barred, and why, only a coordinator may know (the database says the same of the rows).
  { ...writeConsent, method: 'GET', path: '/cases/:case/bars', answer: showBars },
  { ...writeConsent, method: 'POST', path: '/cases/:case/bars', answer: takeBar },
  { ...writeConsent, method: 'POST', path: '/cases/:case/bars/lift', answer: takeCaseBarOff },
  { ...readContact, method: 'GET', path: '/cases/:case/contact/said', answer: showContact },
  { ...readContact, method: 'POST', path: '/cases/:case/contact/said', answer: revealContactField },
]
