/** How soon a person must look at a referral, the most urgent first. */
export const urgencies = ['today', 'two-days', 'seven-days', 'routine'] as const
export type Urgency = (typeof urgencies)[number]

const flags = {
  'fears-for-life': { says: 'Very frightened, or believes they will be killed or harmed', by: 'today' },
  'threats-to-kill': { says: 'Threats to kill', by: 'today' },
  strangled: { says: 'Strangled or choked, ever', by: 'today' },
  weapon: { says: 'Weapons used, shown or spoken of', by: 'today' },
  'suicide-talk': { says: 'Either of them has spoken of suicide, or of having nothing to lose', by: 'today' },
  'order-broken': { says: 'An order or bail condition broken', by: 'today' },
  'sexual-violence': { says: 'Sexual violence', by: 'two-days' },
  'former-partner-threats': { says: 'A former partner who makes threats', by: 'two-days' },
  'came-in-person': { says: 'Appeared in person after being online only', by: 'two-days' },
  'knows-new-place': { says: 'Knows a new address or number, or a tracker was found', by: 'two-days' },
  'access-cut': { says: 'Their access was suddenly cut, or is about to be', by: 'two-days' },
  'trigger-event': {
    says: 'Separation in the last three months, a new relationship, a court date, an order or a ruling about children',
    by: 'seven-days',
  },
  insider: {
    says: 'Helpers, or works in police, telecoms, health, a bank or IT',
    by: 'seven-days',
  },
  'sudden-silence': { says: 'Sudden silence from them, which is not a sign of safety', by: 'seven-days' },
} as const satisfies Readonly<Record<string, { readonly says: string; readonly by: Urgency }>>

export type RedFlag = keyof typeof flags
export const isRedFlag = (text: string): text is RedFlag => Object.hasOwn(flags, text)
export const redFlags: readonly RedFlag[] = Object.keys(flags).filter(isRedFlag)

/** The flag as it is shown on screen. */
export function sayRedFlag(flag: RedFlag): string {
  return flags[flag].says
}

/** Reads a flag of a form, or null. */
export function parseRedFlag(text: string): RedFlag | null {
  return isRedFlag(text) ? text : null
}

/** The soonest that any of these flags asks for; with none, routine. */
export function urgencyOfFlags(found: readonly RedFlag[]): Urgency {
  return urgencies.find(urgency => found.some(flag => flags[flag].by === urgency)) ?? 'routine'
}

/** The urgency as it is shown on screen. */
export function sayUrgency(urgency: Urgency): string {
  switch (urgency) {
    case 'today':
      return 'Today'
    case 'two-days':
      return 'Within 2 days'
    case 'seven-days':
      return 'Within 7 days'
    case 'routine':
      return 'Routine'
  }
}
