import type { ContactPlan, SafeChannel } from './contact-plan.ts'

type SameChannel = Pick<SafeChannel, 'kind' | 'value'>

/** So many digits in a row, spaces aside, are a number and no part of an address. */
const fewestDigits = 7

/**
 * The number or address of a channel as one text, however it was typed: "+44 (0)7700 900123", "0044 7700 900123" and
 * "07700 900123" are one number. A tag, and the dots of a mailbox that do not count, are left out.
 */
export function normaliseAddress({ kind, value }: SameChannel): string {
  const text = value
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/gu, '')
  if (kind === 'post') return text.replace(/[\s,]+/g, ' ').trim()
  if (text.includes('@')) return findMailbox(text)
  const digits = text.replace(/\(0\)/g, '').replace(/[^0-9+]/g, '')
  if (digits.replace(/[^0-9]/g, '').length < fewestDigits) return text.replace(/\s+/g, ' ').trim()
  // Ofcom, National Telephone Numbering Plan: a number in the United Kingdom is dialled with 0 or with +44 before it
  return digits.replace(/^00/, '+').replace(/^\+440?/, '0')
}

function findMailbox(text: string): string {
  const plain = text.replace(/\s+/g, '')
  const at = plain.lastIndexOf('@')
  const [local = ''] = plain.slice(0, at).split('+')
  const domain = plain.slice(at + 1)
  // Google, Gmail Help, "Dots don't matter in Gmail addresses"; googlemail.com is the same mailbox
  return domain === 'gmail.com' || domain === 'googlemail.com'
    ? `${local.replace(/\./g, '')}@gmail.com`
    : `${local}@${domain}`
}

/** Whether two are the same channel: one kind, and one number or address, however it was typed. */
export function isSameChannel(one: SameChannel, other: SameChannel): boolean {
  return one.kind === other.kind && normaliseAddress(one) === normaliseAddress(other)
}

/**
 * The names of all channels of a plan that are the same number or address as one of them, whatever kind they are and
 * whether or not they were taken out: anyone who can observe a call can observe a text to the same number.
 */
export function findSameAddress(plan: ContactPlan, channelId: string): readonly string[] {
  const own = plan.channels.find(each => each.channelId === channelId)
  if (!own) return [channelId]
  const line = normaliseAddress(own)
  return plan.channels.filter(each => normaliseAddress(each) === line).map(each => each.channelId)
}
