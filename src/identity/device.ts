/**
 * What kind of machine somebody signed in at, in one coarse word: enough to recognise one's own, and nothing that
 * identifies anybody.
 */
export const deviceKinds = ['phone', 'tablet', 'computer', 'unknown'] as const
export type DeviceKind = (typeof deviceKinds)[number]

/** Reads the kind out of what a browser says of itself; nothing else of that is kept. */
// RFC 9110, section 10.1.5: User-Agent is a claim; MDN, "Browser detection using the user agent": Mobi for small screens
export function findDeviceKind(userAgent: string): DeviceKind {
  if (/iPad|Tablet|PlayBook|Silk/i.test(userAgent)) return 'tablet'
  if (/Android/i.test(userAgent) && !/Mobi/i.test(userAgent)) return 'tablet'
  if (/Mobi|iPhone|iPod/i.test(userAgent)) return 'phone'
  if (/Windows NT|Macintosh|X11|CrOS|Linux/i.test(userAgent)) return 'computer'
  return 'unknown'
}

/** An address as coarse as a neighbourhood: enough to recognise one's own office, and not enough to find anybody. */
// RFC 1918, section 3; RFC 4291, section 2.5.3; RFC 4193, section 3.1
export function coarseAddress(address: string): string {
  const plain = address.replace(/^::ffff:/i, '')
  if (plain === '::1' || /^127\./.test(plain)) return 'this machine'
  if (/^10\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^f[cd]|^fe80/i.test(plain)) return 'an office network'
  const four = /^(\d{1,3})\.(\d{1,3})\.\d{1,3}\.\d{1,3}$/.exec(plain)
  if (four) return `${four[1]}.${four[2]}.…`
  const six = /^([0-9a-f]{1,4}):([0-9a-f]{1,4}):/i.exec(plain)
  return six ? `${six[1]}:${six[2]}:…` : 'not known'
}
