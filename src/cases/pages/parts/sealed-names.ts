import type { SealedFieldKind } from '../../referral.ts'

const names: Readonly<Record<SealedFieldKind, string>> = {
  postcode: 'Postcode',
  phone: 'Phone number',
  email: 'Email address',
  'other-way': 'Another way',
  'safe-times': 'Safe times',
  voicemail: 'If nobody answers',
  'code-words': 'Code words',
}

/** The sealed field as it is called on screen. */
export function saySealed(kind: SealedFieldKind): string {
  return names[kind]
}
