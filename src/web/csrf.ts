import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** The cookie that a browser's forms are bound to: random, and no more than that. */
export const visitCookie = 'visit'

/** The hidden field that carries the token. */
export const tokenField = '_csrf'

/** Makes the value of a new visit cookie: 256 random bits. */
export function newVisit(random: (size: number) => Buffer = randomBytes): string {
  return random(32).toString('base64url')
}

/**
 * The token that a form must carry for this visit: another site can make a browser send the cookie but
 * cannot read it, and without the key cannot make the token.
 */
// OWASP Cross-Site Request Forgery Prevention Cheat Sheet, "Signed Double-Submit Cookie"
export function tokenForVisit(key: Uint8Array, visit: string): string {
  return createHmac('sha256', key).update(`form token of visit ${visit}`).digest('base64url')
}

/** Whether a form carries the token of this visit; the comparison takes the same time either way. */
export function carriesToken(key: Uint8Array, visit: string | undefined, token: string): boolean {
  if (!visit) return false
  const expected = Buffer.from(tokenForVisit(key, visit))
  const given = Buffer.from(token)
  return expected.length === given.length && timingSafeEqual(expected, given)
}

/**
 * Whether the browser itself says that another site started this request. `Origin: null` says nothing here:
 * with Referrer-Policy no-referrer browsers send it from our own forms.
 */
// Fetch Metadata Request Headers, section 2.4 (Sec-Fetch-Site); Fetch Standard, 3.2.5 (append an Origin header)
export function comesFromAnotherSite(headers: {
  readonly origin: string | undefined
  readonly fetchSite: string | undefined
  readonly host: string | undefined
}): boolean {
  const { origin, fetchSite, host } = headers
  if (fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none') return true
  if (origin === undefined || origin === 'null') return false
  return !URL.canParse(origin) || new URL(origin).host !== host
}
