import type { IncomingHttpHeaders } from 'node:http'

/** What a browser, a mail scanner or a preview says when it fetches a page that nobody has asked to see yet. */
const signs: readonly (readonly [string, RegExp])[] = [
  // Fetch Standard, "Sec-Purpose"; HTML Standard, 7.6 "Speculative loading": "prefetch", also with parameters
  ['sec-purpose', /^\s*(prefetch|prerender)\b/i],
  ['purpose', /^\s*(prefetch|preview|prerender)\b/i],
  ['x-purpose', /^\s*(prefetch|preview|prerender)\b/i],
  ['x-moz', /^\s*prefetch\b/i],
]

/**
 * Whether a request fetches a page before somebody wants it. Such a request must not count as an access, open a
 * session's clock, end one or use anything up, so its page is never run; the browser asks again when somebody wants it.
 */
export function isSpeculative(headers: IncomingHttpHeaders): boolean {
  return signs.some(([name, sign]) => {
    const value = headers[name]
    return typeof value === 'string' && sign.test(value)
  })
}
