/** What asks for a review whatever the calendar says. */
export const triggers = [
  'separation',
  'new-relationship',
  'court-date',
  'child-contact',
  'order-served',
  'breach',
  'step-change',
  'place-known',
  'sudden-silence',
  'other',
] as const
export type Trigger = (typeof triggers)[number]

/** The trigger as it is on screen. */
export function sayTrigger(trigger: Trigger): string {
  switch (trigger) {
    case 'separation':
      return 'A separation'
    case 'new-relationship':
      return 'A new relationship, the client’s or the suspected person’s'
    case 'court-date':
      return 'A court date'
    case 'child-contact':
      return 'A decision about contact with children'
    case 'order-served':
      return 'An order was served, or they learnt of it'
    case 'breach':
      return 'A breach, or a possible breach'
    case 'step-change':
      return 'From online only to in person, or threats'
    case 'place-known':
      return 'A new address or number became known, or a tracker was found'
    case 'sudden-silence':
      return 'Sudden silence, which does not mean that it is safe'
    case 'other':
      return 'Something else'
  }
}
