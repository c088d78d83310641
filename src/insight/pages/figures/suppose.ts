import type { FormProblem } from '../../../foundation/decision.ts'
import type { Supposition } from '../../capacity.ts'

/** The fields of the what-if, in the order of the page; they are numbers, so they may be in the address. */
export const supposeFields = [
  { name: 'referrals', label: 'Referrals a month', most: 10_000, least: 0 },
  { name: 'share', label: 'Of a hundred, how many become a case', most: 100, least: 0 },
  { name: 'appointments', label: 'Appointments for each case', most: 50, least: 0 },
  { name: 'slots', label: 'Appointments the clinic can give in a week', most: 1_000, least: 1 },
] as const

export type SupposeRead =
  | { readonly kind: 'not-asked' }
  | { readonly kind: 'wrong'; readonly problems: readonly FormProblem[] }
  | { readonly kind: 'asked'; readonly suppose: Supposition }

/** Reads the what-if from the query: nothing asked, everything that is wrong, or the supposition. */
export function readSuppose(query: URLSearchParams): SupposeRead {
  if (!supposeFields.some(field => query.has(field.name))) return { kind: 'not-asked' }
  const problems: FormProblem[] = []
  const read = (field: (typeof supposeFields)[number]): number => {
    const text = (query.get(field.name) ?? '').trim()
    const number = Number(text)
    if (text === '') problems.push({ field: field.name, message: `Enter ${lower(field.label)}` })
    else if (!/^\d{1,6}(\.\d{1,2})?$/.test(text) || number < field.least || number > field.most)
      problems.push({
        field: field.name,
        message: `${field.label} must be a number from ${field.least} to ${field.most}`,
      })
    return number
  }
  const [referrals, share, appointments, slots] = supposeFields
  const suppose = {
    referrals: read(referrals),
    share: read(share),
    appointments: read(appointments),
    slots: read(slots),
  }
  return problems.length > 0 ? { kind: 'wrong', problems } : { kind: 'asked', suppose }
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
