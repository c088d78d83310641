/** One stretch of the 45 minutes. */
export type RunningStep = {
  readonly from: number
  readonly until: number
  readonly does: string
  /** The part of the case where it is written down. */
  readonly leadsTo: 'contact' | 'map' | 'plan' | null
}

const whole = 45
const steps: readonly RunningStep[] = [
  {
    from: 0,
    until: 5,
    does: 'Is it safe to talk, and who is near? The word to stop. Consent. What we write down.',
    leadsTo: 'contact',
  },
  {
    from: 5,
    until: 15,
    does: 'What the suspected person knows, and how soon they knew it. The three worst worries. Red flags.',
    leadsTo: null,
  },
  { from: 15, until: 22, does: 'People, devices, accounts, and who had hands on each.', leadsTo: 'map' },
  {
    from: 22,
    until: 34,
    does: 'Look together at the one to three likeliest ways in. Keep what is seen before anything is changed.',
    leadsTo: 'map',
  },
  {
    from: 34,
    until: 41,
    does: 'Choose three actions at most, each checked for safety. Who does what, and what evidence to keep.',
    leadsTo: 'plan',
  },
  {
    from: 41,
    until: 45,
    does: 'Look at the risk again. The safe way to be in touch. The next date.',
    leadsTo: 'contact',
  },
]

/** The order of an appointment, stretched to its length in minutes. A guide: nobody has to get through all of it. */
export function findRunningOrder(minutes: number): readonly RunningStep[] {
  const scale = (at: number): number => Math.round((at * minutes) / whole)
  return steps.map(step => ({ ...step, from: scale(step.from), until: scale(step.until) }))
}
