import { seenField } from '../identity/check-act.ts'
import type { AnyRoute } from '../identity/route.ts'
import { type FormFields, fieldText } from '../web/request.ts'

/**
 * A form by which one of two people does their part of what takes two (S12). It waits for anyone who was set up again, and
 * password and code are asked for again before it (`identity/prove-again.ts`). What refuses or takes back does neither.
 */
export type ActOfTwo = {
  readonly path: string
  /** Whether what was sent is such a part, and not a refusal. */
  readonly isPart: (form: FormFields) => boolean
  /** Whether password and code are asked for again; asking for what another approves does not always need it. */
  readonly asksAgain: boolean
  /** A page stands before it whatever is sent, so that without that page's seal nothing is done. */
  readonly hasPage: boolean
  /** The page it begins on: what was sent while nobody was signed in is done again from there. */
  readonly from: string
}

const always = (): boolean => true
const chose =
  (field: string, value: string) =>
  (form: FormFields): boolean =>
    fieldText(form, field) === value

const act = (path: string, more: Partial<Omit<ActOfTwo, 'path'>> = {}): ActOfTwo => ({
  path,
  isPart: always,
  asksAgain: true,
  hasPage: false,
  from: path,
  ...more,
})

/** Every such form. The database holds the waiting by itself; a test holds the two equal. */
export const actsOfTwo: readonly ActOfTwo[] = [
  // Who comes in.
  act('/admin/people'),
  act('/admin/people/:person/link', { hasPage: true, from: '/admin/people' }),
  act('/admin/people/:person/let-in', { hasPage: true, from: '/admin/people' }),
  act('/admin/links/:request', { isPart: chose('decision', 'approve'), hasPage: true }),
  act('/account/colleagues/:person/confirm', { hasPage: true, from: '/account/colleagues' }),
  act('/admin/sign-ins/:change/confirm', { hasPage: true, from: '/admin/sign-ins' }),
  // What leaves.
  act('/cases/:case/bundles', { asksAgain: false }),
  act('/cases/:case/bundles/:bundle/decide', { isPart: chose('decision', 'approve') }),
  act('/cases/:case/without-consent/ask'),
  act('/cases/:case/without-consent/decide', {
    isPart: chose('verdict', 'approved'),
    hasPage: true,
    from: '/cases/:case/without-consent',
  }),
  // What lets a client in. The first of a case has no page before it.
  act('/cases/:case/phrase'),
]

/** What a form is for the person who sends it; null when it is no part of what takes two. */
export function findActOfTwo(route: AnyRoute, form: FormFields): ActOfTwo | null {
  if (route.method !== 'POST') return null
  const found = actsOfTwo.find(each => each.path === route.path)
  return found?.isPart(form) ? found : null
}

/**
 * Where a form that stands in this list is done again, whatever it chose: the next person to sign in may be somebody else, so
 * it is never kept for them. Null for every other form.
 */
export function findDoneAgain(pattern: string, params: Readonly<Record<string, string>>): string | null {
  const found = actsOfTwo.find(each => each.path === pattern)
  return found ? found.from.replaceAll(/:(\w+)/g, (_, name: string) => params[name] ?? '') : null
}

/** Whether the page that stands before an act is still to come, so that nothing is done by what was sent. */
export function isPageToCome(found: ActOfTwo, form: FormFields): boolean {
  return found.hasPage && fieldText(form, seenField) === ''
}
