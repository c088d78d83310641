/** Whom an address stands for, as text that is the same however it is written. */
export type AddressGroup = {
  readonly version: 4 | 6 | null
  /** One subscriber: an IPv4 address, or the first 64 bits of an IPv6 address. */
  readonly subscriber: string
  /** Those who are near: the first 24 bits of an IPv4 address, or the first 48 bits of an IPv6 address. */
  readonly network: string
}

const ipv4 = /^\d{1,3}(?:\.\d{1,3}){3}$/

/**
 * Groups an address. What is no address stands for itself alone. An IPv4 address stays one however it is written: a
 * server that listens for both kinds is given "::ffff:192.0.2.1".
 */
// RFC 4291, sections 2.5.4 (the last 64 bits are the interface's own) and 2.5.5.2 (IPv4-mapped); RFC 6177: a site gets
// between a /64 and a /48
export function groupAddress(address: string): AddressGroup {
  const bare = address.trim().toLowerCase().split('%', 1)[0] ?? ''
  if (ipv4.test(bare)) return groupIpv4(bare)
  const groups = readIpv6(bare)
  if (!groups) return { version: null, subscriber: bare, network: bare }
  const isMapped = groups.slice(0, 5).every(group => group === 0) && groups[5] === 0xffff
  if (isMapped) {
    const [high = 0, low = 0] = groups.slice(6)
    return groupIpv4([high >> 8, high & 255, low >> 8, low & 255].join('.'))
  }
  const first = (count: number): string =>
    groups
      .slice(0, count)
      .map(group => group.toString(16))
      .join(':')
  return { version: 6, subscriber: first(4), network: first(3) }
}

function groupIpv4(address: string): AddressGroup {
  return { version: 4, subscriber: address, network: address.split('.').slice(0, 3).join('.') }
}

/** The eight groups of 16 bits; null when it is no IPv6 address. */
function readIpv6(text: string): readonly number[] | null {
  const dotted = /^(.*:)(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  const whole = dotted
    ? `${dotted[1]}${(Number(dotted[2]) * 256 + Number(dotted[3])).toString(16)}:${(Number(dotted[4]) * 256 + Number(dotted[5])).toString(16)}`
    : text
  const halves = whole.split('::')
  if (!whole.includes(':') || halves.length > 2) return null
  const [head = [], tail = []] = halves.map(half => (half === '' ? [] : half.split(':')))
  const missing = 8 - head.length - tail.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null
  const all = [...head, ...Array.from({ length: missing }, () => '0'), ...tail]
  if (!all.every(group => /^[0-9a-f]{1,4}$/.test(group))) return null
  return all.map(group => Number.parseInt(group, 16))
}

/** One count that an address has a share in, and the most it may reach. */
export type Share = { readonly key: string; readonly most: number }

/**
 * The counts an address has a share in, when one IPv4 address may have `perAddress`: behind it may stand a whole
 * office. A /64 is one household or one office network and gets half of that; somebody who owns a whole /48 has 65 536 of
 * those to choose from and gets twice as much in all.
 */
export function sharesOf(group: AddressGroup, perAddress: number): readonly Share[] {
  if (group.version !== 6) return [{ key: group.subscriber, most: perAddress }]
  return [
    { key: `${group.subscriber}/64`, most: Math.ceil(perAddress / 2) },
    { key: `${group.network}/48`, most: perAddress * 2 },
  ]
}
