import type { Relation } from '../cases/referral.ts'

export type AbuseSuggestion = {
  /** What to tick beforehand; null when a person must say. */
  readonly domesticAbuse: boolean | null
  readonly because: string
}

/** Who is "personally connected" in the law's sense: any one of these, now or ever. */
// Domestic Abuse Act 2021, s.2(1) to (3): read on 29 November 2026 in a stored copy of the Act as enacted
export const personalConnections = [
  'married, or civil partners',
  'agreed to marry, or to be civil partners, also if they gave it up',
  'in an intimate relationship, however short',
  'parents of, or with parental responsibility for, the same child',
  'relatives, also by marriage or through somebody they live with',
] as const

const askWhether = `Ask whether they are, or ever were: ${personalConnections.join('; ')}. If any of it is so, or not known yet, an IDVA joins.`

/**
 * Whether an IDVA is suggested, from who the suspected person is to the client. A suggestion with its reason; the
 * person who books decides. Somebody who was called a friend, a neighbour or a colleague may once have been more, so it
 * is asked: unknown never reads as "No".
 */
export function suggestDomesticAbuse(relation: Relation | null): AbuseSuggestion {
  switch (relation) {
    case 'partner':
      return { domesticAbuse: true, because: 'The suspected person is a partner.' }
    case 'former-partner':
      return { domesticAbuse: true, because: 'The suspected person is a former partner.' }
    case 'family':
      return { domesticAbuse: true, because: 'The suspected person is a member of the family.' }
    case 'known':
      return {
        domesticAbuse: null,
        because: `The suspected person was told as somebody known, which does not say how. ${askWhether}`,
      }
    case 'work':
      return {
        domesticAbuse: null,
        because: `The suspected person was told as somebody from work or study, which does not say what else they were. ${askWhether}`,
      }
    case 'stranger':
      return { domesticAbuse: false, because: 'The suspected person is a stranger, as far as was told.' }
    case 'not-known':
    case null:
      return {
        domesticAbuse: null,
        because: `It is not known who the suspected person is to the client. ${askWhether}`,
      }
  }
}
