/** How cookies are written: over TLS they are Secure and carry the __Host- prefix. */
export type CookieSetting = { readonly behindTls: boolean }

// RFC 6265, section 4.1.1 (cookie-name is a token, cookie-value a set of cookie-octets)
const nameShape = /^[a-z][a-z0-9-]*$/
const valueShape = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/

const prefix = '__Host-'

/**
 * Writes one Set-Cookie value. It lives for the browser session only, is out of reach of
 * scripts and is never sent along with a request that another site started.
 */
// RFC 6265bis, section 4.1.3.2: __Host- needs Secure and Path=/ and allows no Domain
export function writeCookie(name: string, value: string, { behindTls }: CookieSetting): string {
  if (!nameShape.test(name) || !valueShape.test(value)) throw new Error(`cookie cannot be written: ${name}`)
  const secure = behindTls ? '; Secure' : ''
  return `${behindTls ? prefix : ''}${name}=${value}; Path=/; HttpOnly; SameSite=Strict${secure}`
}

/** Writes a cookie that outlives the browser session. Never for a reader who may be watched: it is a trace. */
export function writeLastingCookie(
  name: string,
  value: string,
  setting: CookieSetting,
  seconds: number,
): string {
  return `${writeCookie(name, value, setting)}; Max-Age=${seconds}`
}

/** Writes the Set-Cookie value that makes the browser forget a cookie. */
export function forgetCookie(name: string, setting: CookieSetting): string {
  return `${writeCookie(name, '', setting)}; Max-Age=0`
}

/**
 * Reads the Cookie header into names without prefix. Over TLS a cookie without the prefix is not ours and is
 * left out; of two with one name the first counts.
 */
export function readCookies(
  header: string | undefined,
  { behindTls }: CookieSetting,
): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>()
  for (const pair of (header ?? '').split(';')) {
    const equals = pair.indexOf('=')
    if (equals < 0) continue
    const written = pair.slice(0, equals).trim()
    if (behindTls !== written.startsWith(prefix)) continue
    const name = behindTls ? written.slice(prefix.length) : written
    if (!cookies.has(name)) cookies.set(name, pair.slice(equals + 1).trim())
  }
  return cookies
}
