import { RequestProblem } from './request-problem.ts'

/** No form of ours has this many fields; a body that has is not a form of ours. */
export const mostFields = 1000

function decode(text: string): string {
  let decoded: string
  try {
    decoded = decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw new RequestProblem(400, 'percent-encoding that does not decode')
  }
  if (decoded.includes('\0')) throw new RequestProblem(400, 'a NUL byte')
  return decoded
}

/**
 * Reads the pairs of a query or of a form body. Unlike URLSearchParams it refuses what does not decode,
 * so that no page ever works on a text that the person did not type.
 */
// URL Standard, section 5.1 (application/x-www-form-urlencoded parsing), made strict
export function readPairs(text: string): readonly (readonly [string, string])[] {
  if (text.includes('\ufffd')) throw new RequestProblem(400, 'bytes that are not UTF-8')
  const parts = text.split('&', mostFields + 1)
  if (parts.length > mostFields) throw new RequestProblem(400, 'too many fields')
  return parts
    .filter(part => part !== '')
    .map(part => {
      const equals = part.indexOf('=')
      return equals < 0
        ? ([decode(part), ''] as const)
        : ([decode(part.slice(0, equals)), decode(part.slice(equals + 1))] as const)
    })
}

/** Gathers pairs by name, keeping the order of both. */
export function gatherFields(
  pairs: Iterable<readonly [string, string]>,
): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, string[]>()
  for (const [name, value] of pairs) {
    const values = fields.get(name)
    if (values) values.push(value)
    else fields.set(name, [value])
  }
  return fields
}
