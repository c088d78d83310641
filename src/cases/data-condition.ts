import type { LawReading } from '../foundation/law-reading.ts'

/** The two kinds of personal data that need a condition beside the basis. */
export const guardedKinds = ['special', 'offence'] as const
export type GuardedKind = (typeof guardedKinds)[number]

/** A condition for telling of somebody's health, sex life or belief, or of a crime or the suspicion of one. */
export type DataConditionRow = {
  readonly condition: string
  readonly words: string
  /** What must be true for it to hold. */
  readonly holds: string
  /** Whether the clinic must have an appropriate policy document when it shares. */
  readonly policyDocument: 'needed' | 'unless-competent-authority' | 'not-needed'
} & LawReading

const readOn = '2026-11-29'

/** One row a condition; those that fit what a clinic like this one does. */
// UK GDPR Art 9(2) and Art 10; Data Protection Act 2018, s.10, s.11(2) and Schedule 1
export const dataConditionTable = [
  {
    condition: 'unlawful-acts',
    words: 'Preventing or detecting unlawful acts',
    holds:
      'Asking for consent would stand in the way of preventing or detecting it, and there is a substantial public interest.',
    // para 10(2): none needed for a disclosure to a competent authority, such as the police
    policyDocument: 'unless-competent-authority',
    source: 'Data Protection Act 2018, Schedule 1, paragraph 10',
    readOn,
    seen: 'copy',
  },
  {
    condition: 'safeguarding',
    words: 'Safeguarding of children and of individuals at risk',
    holds:
      'It protects a child or an adult at risk, and consent cannot be given, cannot reasonably be asked for, or asking for it would prejudice the protection.',
    policyDocument: 'needed',
    source: 'Data Protection Act 2018, Schedule 1, paragraph 18',
    readOn,
    seen: 'copy',
  },
  {
    condition: 'statutory-function',
    words: 'A function that an enactment gives to a person or body',
    holds: 'It is necessary for that function, and there is a substantial public interest.',
    policyDocument: 'needed',
    source: 'Data Protection Act 2018, Schedule 1, paragraph 6',
    readOn,
    seen: 'copy',
  },
  {
    condition: 'justice',
    words: 'The administration of justice',
    holds: 'It is necessary for a court to do its work.',
    policyDocument: 'needed',
    source: 'Data Protection Act 2018, Schedule 1, paragraph 7',
    readOn,
    seen: 'title',
  },
  {
    condition: 'legal-claims',
    words: 'Legal claims',
    holds: 'It is necessary for legal proceedings, for legal advice, or to establish or defend legal rights.',
    policyDocument: 'not-needed',
    source: 'UK GDPR Article 9(2)(f); Data Protection Act 2018, Schedule 1, paragraph 33',
    readOn,
    seen: 'title',
  },
  {
    condition: 'vital-interests',
    words: 'Vital interests of somebody',
    holds: 'The person it tells about is physically or legally incapable of giving consent.',
    policyDocument: 'not-needed',
    source: 'UK GDPR Article 9(2)(c); Data Protection Act 2018, Schedule 1, paragraph 30',
    readOn,
    seen: 'wording',
  },
] as const satisfies readonly DataConditionRow[]

export type DataCondition = (typeof dataConditionTable)[number]['condition']
/** What was chosen for a kind: a condition, or that nothing of this kind is in what they would see. */
export const conditionChoices: readonly (DataCondition | 'none')[] = [
  'none',
  ...dataConditionTable.map(({ condition }) => condition),
]

export function findCondition(condition: string): DataConditionRow | null {
  return dataConditionTable.find(row => row.condition === condition) ?? null
}

/** Whether a sharing on these conditions needs a policy document, by whether the police would see it. */
export function needsPolicyDocument(conditions: readonly string[], isToPolice: boolean): boolean {
  return conditions.some(condition => {
    const needed = findCondition(condition)?.policyDocument
    return needed === 'needed' || (needed === 'unless-competent-authority' && !isToPolice)
  })
}

/** Whether a condition needs a policy document, as it is shown on screen. */
export function sayPolicyDocument({ policyDocument }: Pick<DataConditionRow, 'policyDocument'>): string {
  switch (policyDocument) {
    case 'needed':
      return 'Needs an appropriate policy document.'
    case 'unless-competent-authority':
      return 'Needs an appropriate policy document, unless it is the police who are told.'
    case 'not-needed':
      return 'Needs no policy document.'
  }
}
