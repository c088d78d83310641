import type { AnyRoute } from '../../identity/route.ts'
import { barPersonRoute, barsRoute, liftCaseBarRoute } from './bars/page.ts'
import { interruptionRoute } from './before-you-start/page.ts'
import { callSheetRoute, saveCallRoute, savedCallRoute } from './call-sheet/page.ts'
import { caseTriageRoute, revisionFormRoute, saveRevisionRoute } from './case-triage/page.ts'
import { caseloadRoute } from './caseload/page.ts'
import { closeCaseRoute, closeFormRoute } from './close/page.ts'
import { consentsRoute, giveConsentRoute } from './consents/page.ts'
import { contactRoute, revealContactRoute } from './contact/page.ts'
import { firstAccountRoute } from './first-account/page.ts'
import { liftBarRoute } from './lift-bar/page.ts'
import { notOursRoute, saveNotOursRoute } from './not-ours/page.ts'
import { openFormRoute, saveOpeningRoute } from './opening/page.ts'
import { otherHelpRoute } from './other-help/page.ts'
import { clearPileRoute, movePileRoute, pileRoute, undoClearingRoute } from './pile/page.ts'
import { referFormRoute, sendReferralRoute } from './refer/page.ts'
import { sentRoute } from './sent/page.ts'
import { checkServiceRoute, serviceRoute, servicesRoute } from './services/page.ts'
import { startRoute } from './start/page.ts'
import { revealReferralContactRoute, saveTriageRoute, triageRoute } from './triage/page.ts'
import { waitingRoute } from './waiting/page.ts'
import { withdrawConsentRoute } from './withdraw-consent/page.ts'
import {
  askExceptionRoute,
  askFormRoute,
  decideExceptionRoute,
  exceptionsRoute,
  takeBackExceptionRoute,
} from './without-consent/page.ts'

/** The pages from first contact to an open case, and who may see each. */
export const casesRoutes: readonly AnyRoute[] = [
  startRoute,
  interruptionRoute,
  referFormRoute,
  sendReferralRoute,
  sentRoute,
  otherHelpRoute,
  servicesRoute,
  serviceRoute,
  checkServiceRoute,
  callSheetRoute,
  saveCallRoute,
  savedCallRoute,
  waitingRoute,
  pileRoute,
  movePileRoute,
  clearPileRoute,
  undoClearingRoute,
  triageRoute,
  saveTriageRoute,
  revealReferralContactRoute,
  liftBarRoute,
  openFormRoute,
  saveOpeningRoute,
  notOursRoute,
  saveNotOursRoute,
  caseloadRoute,
  firstAccountRoute,
  caseTriageRoute,
  revisionFormRoute,
  saveRevisionRoute,
  closeFormRoute,
  closeCaseRoute,
  consentsRoute,
  giveConsentRoute,
  withdrawConsentRoute,
  exceptionsRoute,
  askFormRoute,
  askExceptionRoute,
  decideExceptionRoute,
  takeBackExceptionRoute,
  barsRoute,
  barPersonRoute,
  liftCaseBarRoute,
  contactRoute,
  revealContactRoute,
]
