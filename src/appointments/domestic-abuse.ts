import type { Relation } from '../cases/referral.ts'

export type AbuseSuggestion = {
  /** What to tick beforehand; null when nothing is known, so that a person must say. */
  readonly domesticAbuse: boolean | null
  readonly because: string
}

/**
 * Whether an IDVA is suggested, from who the suspected person is to the client. A suggestion with its reason; the
 * person who books decides.
 */
// Domestic Abuse Act 2021, s.2: "personally connected" covers partners, former partners and relatives
export function suggestDomesticAbuse(relation: Relation | null): AbuseSuggestion {
  switch (relation) {
    case 'partner':
      return { domesticAbuse: true, because: 'The suspected person is a partner.' }
    case 'former-partner':
      return { domesticAbuse: true, because: 'The suspected person is a former partner.' }
    case 'family':
      return { domesticAbuse: true, because: 'The suspected person is a member of the family.' }
    case 'known':
    case 'work':
    case 'stranger':
      return {
        domesticAbuse: false,
        because: 'The suspected person is no partner, former partner or relative, as far as was told.',
      }
    case 'not-known':
    case null:
      return { domesticAbuse: null, because: 'It is not known who the suspected person is to the client.' }
  }
}
