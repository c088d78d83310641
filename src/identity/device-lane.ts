import { createHmac, timingSafeEqual } from 'node:crypto'

/** The cookie by which a device is known on which members of staff have signed in before. Clients never get one (S3). */
export const deviceCookie = 'desk'

/** For how long a device is known, in seconds: ninety days. */
export const deviceSeconds = 90 * 86_400

/** At most so many people share a device; where there are more, the latest count. */
const mostPeople = 8

export type KnownPerson = { readonly personId: string; readonly passwordHash: string | null }

/**
 * The id of the device when this person has signed in on it before, with the password they have now; null otherwise. It
 * opens nothing: it only gives their tries a lane of their own, in which no stranger's guess counts.
 */
export function findDevice(
  key: Uint8Array,
  cookie: string | undefined,
  person: KnownPerson | null,
): string | null {
  const device = readDevice(cookie)
  if (!device || !person?.passwordHash) return null
  const mark = Buffer.from(markOf(key, device.id, person))
  return device.marks.some(each => each.length === mark.length && timingSafeEqual(Buffer.from(each), mark))
    ? device.id
    : null
}

/** The cookie of a device after this person signed in on it. */
export function rememberDevice(
  key: Uint8Array,
  cookie: string | undefined,
  person: KnownPerson,
  newId: () => string,
): string {
  const device = readDevice(cookie) ?? { id: newId(), marks: [] }
  const mark = markOf(key, device.id, person)
  const marks = [mark, ...device.marks.filter(each => each !== mark)].slice(0, mostPeople)
  return [device.id, ...marks].join('.')
}

function readDevice(
  cookie: string | undefined,
): { readonly id: string; readonly marks: readonly string[] } | null {
  if (!cookie || !/^[\w-]{22}(\.[\w-]{22}){1,8}$/.test(cookie)) return null
  const [id = '', ...marks] = cookie.split('.')
  return { id, marks }
}

// bound to the password too: a new one, after a device was lost, is known nowhere
function markOf(key: Uint8Array, id: string, { personId, passwordHash }: KnownPerson): string {
  return createHmac('sha256', key)
    .update(JSON.stringify(['device', id, personId, passwordHash]))
    .digest()
    .subarray(0, 16)
    .toString('base64url')
}
