import { roles } from '../role.ts'
import type { AnyRoute } from '../route.ts'
import { showAccount, takeEndOthers, takeEndSession, takeKnown } from './account/page.ts'
import {
  showCodeApp,
  showPassword,
  showSecondSecret,
  takeCodeApp,
  takePassword,
  takeSecondSecret,
} from './account-secrets/page.ts'
import { showActs } from './admin-acts/page.ts'
import { showLinkRequest, showLinks, takeLinkDecision } from './admin-links/page.ts'
import { showPeople, takeInvite, takeNewLink, takeWithdraw } from './admin-people/page.ts'
import { showQueue, takeCancel, takeRetry } from './admin-queue/page.ts'
import { showSignIns, takeConfirmSignIn } from './admin-sign-ins/page.ts'
import { takeReturn, takeSuspend } from './admin-suspend/page.ts'
import { showColleagues, takeConfirmColleague } from './colleagues/page.ts'
import { showDemoSignIn, takeDemoSignIn } from './demo-sign-in/page.ts'
import { showJoin, takeJoin } from './join/page.ts'
import { leave } from './leave/page.ts'
import { showSignIn, takeSignIn } from './sign-in/page.ts'
import { signOut } from './sign-out/page.ts'
import { showStaffHome } from './staff/page.ts'

const own = { kind: 'staff', who: roles } as const

/** The pages of signing in, of everybody's own sign-in and first page, and of the administrator. */
export const identityRoutes: readonly AnyRoute[] = [
  { kind: 'public', method: 'GET', path: '/sign-in', answer: showSignIn },
  { kind: 'public', method: 'POST', path: '/sign-in', answer: takeSignIn },
  { kind: 'public', method: 'POST', path: '/sign-out', answer: signOut },
  { kind: 'public', method: 'GET', path: '/leave', answer: leave },
  { kind: 'public', method: 'POST', path: '/leave', answer: leave },
  { kind: 'public', method: 'GET', path: '/join/:token', answer: showJoin },
  { kind: 'public', method: 'POST', path: '/join/:token', answer: takeJoin },
  { kind: 'public', method: 'GET', path: '/demo-sign-in/:token', answer: showDemoSignIn },
  { kind: 'public', method: 'POST', path: '/demo-sign-in/:token', answer: takeDemoSignIn },
  { kind: 'staff', who: roles, method: 'GET', path: '/staff', answer: showStaffHome },
  { ...own, method: 'GET', path: '/account', answer: showAccount },
  { ...own, method: 'POST', path: '/account/known', answer: takeKnown },
  { ...own, method: 'POST', path: '/account/sessions/end-others', answer: takeEndOthers },
  { ...own, method: 'POST', path: '/account/sessions/:session/end', answer: takeEndSession },
  { ...own, method: 'GET', path: '/account/password', answer: showPassword },
  { ...own, method: 'POST', path: '/account/password', answer: takePassword },
  { ...own, method: 'GET', path: '/account/code-app', answer: showCodeApp },
  { ...own, method: 'POST', path: '/account/code-app', answer: takeCodeApp },
  { ...own, method: 'GET', path: '/account/second-secret', answer: showSecondSecret },
  { ...own, method: 'POST', path: '/account/second-secret', answer: takeSecondSecret },
  { ...own, method: 'GET', path: '/account/colleagues', answer: showColleagues },
  { ...own, method: 'POST', path: '/account/colleagues/:person/confirm', answer: takeConfirmColleague },
  {
    kind: 'staff',
    who: ['administrator', 'coordinator'],
    method: 'GET',
    path: '/admin/sign-ins',
    answer: showSignIns,
  },
  {
    kind: 'staff',
    who: ['administrator', 'coordinator'],
    method: 'POST',
    path: '/admin/sign-ins/:change/confirm',
    answer: takeConfirmSignIn,
  },
  { kind: 'staff', who: ['administrator'], method: 'GET', path: '/admin/people', answer: showPeople },
  { kind: 'staff', who: ['administrator'], method: 'POST', path: '/admin/people', answer: takeInvite },
  {
    kind: 'staff',
    who: ['administrator'],
    method: 'POST',
    path: '/admin/people/:person/link',
    answer: takeNewLink,
  },
  {
    kind: 'staff',
    who: ['administrator'],
    method: 'POST',
    path: '/admin/people/:person/suspend',
    answer: takeSuspend,
  },
  {
    kind: 'staff',
    who: ['administrator'],
    method: 'POST',
    path: '/admin/people/:person/let-in',
    answer: takeReturn,
  },
  {
    kind: 'staff',
    who: ['administrator'],
    method: 'POST',
    path: '/admin/people/requests/:request/withdraw',
    answer: takeWithdraw,
  },
  { kind: 'staff', who: ['coordinator'], method: 'GET', path: '/admin/links', answer: showLinks },
  {
    kind: 'staff',
    who: ['coordinator'],
    method: 'GET',
    path: '/admin/links/:request',
    answer: showLinkRequest,
  },
  {
    kind: 'staff',
    who: ['coordinator'],
    method: 'POST',
    path: '/admin/links/:request',
    answer: takeLinkDecision,
  },
  {
    kind: 'staff',
    who: ['administrator', 'coordinator'],
    method: 'GET',
    path: '/admin/acts',
    answer: showActs,
  },
  { kind: 'staff', who: ['administrator'], method: 'GET', path: '/admin/queue', answer: showQueue },
  {
    kind: 'staff',
    who: ['administrator'],
    method: 'POST',
    path: '/admin/queue/:job/retry',
    answer: takeRetry,
  },
  {
    kind: 'staff',
    who: ['administrator'],
    method: 'POST',
    path: '/admin/queue/:job/cancel',
    answer: takeCancel,
  },
]
