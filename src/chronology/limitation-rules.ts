import type { LawSaying } from '../foundation/law-reading.ts'

export const limitIds = ['summary', 'assault', 'false-message', 'network', 'either-way'] as const
export type LimitId = (typeof limitIds)[number]

/** A time limit for bringing a charge: one row. The pages, what to do next, and the bundle read it. */
export type LimitationRule = {
  readonly id: LimitId
  /** Which charges it is for. */
  readonly charges: string
  /** What it counts from, in words. */
  readonly startWords: string
  readonly begins: 'last-of-conduct' | 'each-assault-and-statement' | 'evidence' | 'none'
  /** Months from the start; null for none. */
  readonly months: number | null
  /** Whether the first day counts as one of the period ("beginning with"). */
  readonly isFirstDayIn: boolean
  readonly readings: readonly LawSaying[]
}

const read = '2026-11-29'

export const limitationRules: readonly LimitationRule[] = [
  {
    id: 'summary',
    charges: 'Harassment (section 2) and stalking (section 2A), which only a magistrates’ court can try',
    startWords: 'Six months from the last incident of the course of conduct',
    begins: 'last-of-conduct',
    months: 6,
    isFirstDayIn: false,
    readings: [
      {
        says: 'what the six months count from',
        source: 'DPP v Baker [2004] EWHC 2782 (Admin), as CPS guidance is quoted',
        readOn: read,
      },
      {
        says: 'six months for a summary offence',
        source: 'Magistrates’ Courts Act 1980, s.127(1)',
        readOn: null,
      },
    ],
  },
  {
    id: 'assault',
    charges: 'Common assault or battery that is domestic abuse',
    startWords:
      'Two years from the assault, and six months from the first statement or recorded interview that the client gave the police about it. Both must still run',
    begins: 'each-assault-and-statement',
    months: 6,
    isFirstDayIn: false,
    readings: [{ says: 'both limits', source: 'Criminal Justice Act 1988, s.39A(4)', readOn: read }],
  },
  {
    id: 'false-message',
    charges: 'A false message that was meant to harm',
    startWords: 'Six months that begin with the day on which enough evidence came to the prosecutor',
    begins: 'evidence',
    months: 6,
    isFirstDayIn: true,
    readings: [
      { says: 'six months from the evidence', source: 'Online Safety Act 2023, s.179(7)', readOn: read },
      { says: 'whether there is an outer limit', source: 'Online Safety Act 2023, s.179(8)', readOn: null },
    ],
  },
  {
    id: 'network',
    charges: 'Grossly offensive or menacing messages, or persistent use to annoy (section 127)',
    startWords: 'Six months that begin with the day on which enough evidence came to the prosecutor',
    begins: 'evidence',
    months: 6,
    isFirstDayIn: true,
    readings: [
      {
        says: 'the limit, and an outer one',
        source: 'Communications Act 2003, s.127(5) to (7)',
        readOn: null,
      },
    ],
  },
  {
    id: 'either-way',
    charges:
      'More serious stalking (section 4A), threats, computer misuse, controlling behaviour, broken orders, and most other charges that the Crown Court can try',
    startWords: 'No time limit of this kind',
    begins: 'none',
    months: null,
    isFirstDayIn: false,
    readings: [
      {
        says: 'no limit for what the Crown Court can try',
        source: 'Magistrates’ Courts Act 1980, s.127(2)',
        readOn: null,
      },
    ],
  },
]

/** The row of a limit. */
export function limitationRuleOf(id: LimitId): LimitationRule {
  const found = limitationRules.find(each => each.id === id)
  if (!found) throw new Error('a limit without a row')
  return found
}
