import type { LawSaying } from '../foundation/law-reading.ts'
import type { OrderKind } from './order.ts'

/**
 * What the law says of one kind of order: one row. The form, the finder of breaches, the expiry and the print read
 * it.
 */
export type OrderLaw = {
  readonly kind: OrderKind
  readonly name: string
  /** Who asks for it and which court makes it, in one line. */
  readonly who: string
  /**
   * Since when it can be broken: from the making, or only by somebody who is aware of it. If nobody has read which,
   * the earlier counts. An incident is then shown with the question.
   */
  readonly binds: 'made' | 'known' | 'not-read'
  readonly bindsWords: string
  readonly length: {
    readonly mayBeUntilFurtherOrder: boolean
    /** A fixed period is at least this many months, beginning with the day it is made. */
    readonly leastMonths: number | null
    readonly words: string
  }
  readonly vary: { readonly words: string; readonly client: string }
  /**
   * What the person must give the police, and from which day the three days run; null when the law asks for nothing.
   */
  readonly notification: null | {
    readonly from: 'served' | 'made'
    readonly words: string
    /** What takes the duty away. The form asks for each. */
    readonly unless: readonly ('replaces-interim' | 'already-notifies')[]
    /** Under which laws they may be notifying already. */
    readonly alreadyUnder: string
  }
  readonly breach: { readonly is: 'offence' | 'arrest' | 'not-read'; readonly words: string }
  readonly endsWords: string
  /** Whether a decision on the main application ends it. */
  readonly endsWithMainApplication: boolean
  readonly reachWords: string
  readonly readings: readonly LawSaying[]
}

const read = '2026-11-29'
const spa = 'Stalking Protection Act 2019'

/** One row for each kind of order, in the order of the form. */
export const orderLaws: readonly OrderLaw[] = [
  {
    kind: 'spo',
    name: 'Stalking Protection Order (SPO)',
    who: 'The police apply; a magistrates’ court makes it. No conviction is needed',
    binds: 'made',
    bindsWords:
      'From the day it is made. The Act does not make service a condition of a breach; not knowing may be a reasonable excuse, which is for the court',
    length: {
      mayBeUntilFurtherOrder: true,
      leastMonths: 24,
      words: 'A fixed period of at least 2 years that begins with the day it is made, or until further order',
    },
    vary: {
      words: 'The person it is against, or the police',
      client: 'The client cannot apply to change it, but can ask the police to, and tell them why',
    },
    notification: {
      from: 'served',
      words: 'Every name they use and their home address, within 3 days that begin with the day of service',
      unless: ['replaces-interim', 'already-notifies'],
      alreadyUnder: 'the Sexual Offences Act 2003, Part 2',
    },
    breach: {
      is: 'offence',
      words: 'An offence without reasonable excuse: up to 5 years in the Crown Court',
    },
    endsWords: 'Its end date, or its discharge. The police may apply to renew it',
    endsWithMainApplication: false,
    reachWords: 'Not read for the full order: ask the police before relying on it outside England and Wales',
    readings: [
      { says: 'when it binds, and breach', source: `${spa}, s.8(1)`, readOn: read },
      { says: 'how long', source: `${spa}, s.3`, readOn: read },
      { says: 'who may apply to change it', source: `${spa}, s.4`, readOn: read },
      { says: 'what is notified', source: `${spa}, s.9(1) to (7)`, readOn: read },
      { says: 'other parts of the United Kingdom', source: spa, readOn: null },
    ],
  },
  {
    kind: 'interim-spo',
    name: 'Interim Stalking Protection Order',
    who: 'The police apply, with the main application or after it',
    binds: 'made',
    bindsWords:
      'From the day it is made. The Act does not make service a condition of a breach; not knowing may be a reasonable excuse, which is for the court',
    length: {
      mayBeUntilFurtherOrder: false,
      leastMonths: null,
      words: 'Only a fixed period, which the order states',
    },
    vary: {
      words: 'The person it is against, or the police',
      client: 'The client cannot apply to change it, but can ask the police to, and tell them why',
    },
    notification: {
      from: 'served',
      words: 'Every name they use and their home address, within 3 days that begin with the day of service',
      unless: ['already-notifies'],
      alreadyUnder: 'the Sexual Offences Act 2003, Part 2',
    },
    breach: {
      is: 'offence',
      words: 'An offence without reasonable excuse: up to 5 years in the Crown Court',
    },
    endsWords: 'Its end date, its discharge, or the decision on the main application, whichever comes first',
    endsWithMainApplication: true,
    reachWords: 'All parts of the United Kingdom, unless the order limits it',
    readings: [
      { says: 'when it binds, and breach', source: `${spa}, s.8(1)`, readOn: read },
      { says: 'how long, its end, and where', source: `${spa}, s.5(5) and (6)`, readOn: read },
      { says: 'what is notified', source: `${spa}, s.9`, readOn: read },
    ],
  },
  {
    kind: 'restraining',
    name: 'Restraining order',
    who: 'A criminal court makes it on conviction, or on acquittal',
    binds: 'made',
    bindsWords:
      'From the day it is made, for anyone who is subject to it. The law does not make service a condition of a breach',
    length: {
      mayBeUntilFurtherOrder: true,
      leastMonths: null,
      words: 'A period that the order states, or until further order',
    },
    vary: {
      words: 'The person it is against, the prosecution, or any person mentioned in the order',
      client:
        'A client whom the order names may ask the court that made it to change or end it, and has a right to be heard when anybody else asks',
    },
    notification: null,
    breach: {
      is: 'offence',
      words: 'An offence without reasonable excuse: up to 5 years in the Crown Court',
    },
    endsWords: 'Its end date, or its discharge',
    endsWithMainApplication: false,
    reachWords: 'Not read: ask before relying on it outside England and Wales',
    readings: [
      { says: 'how long', source: 'Sentencing Act 2020, s.359(2)', readOn: read },
      { says: 'who may apply to change it', source: 'Sentencing Act 2020, s.361', readOn: read },
      { says: 'when it binds, and breach', source: 'Sentencing Act 2020, s.363', readOn: read },
      { says: 'other parts of the United Kingdom', source: 'Sentencing Act 2020', readOn: null },
    ],
  },
  {
    kind: 'non-molestation',
    name: 'Non-molestation order',
    who: 'The client, or another associated person, applies to the family court',
    binds: 'known',
    bindsWords:
      'From when they are aware of it: without that there is no offence. Being told is enough to ask about; papers in the hand are not the test',
    length: {
      mayBeUntilFurtherOrder: true,
      leastMonths: null,
      words: 'A period that the order states, often 6 to 12 months, or until further order',
    },
    vary: {
      words: 'The person it is against, or the person who applied for it',
      client: 'A client who applied for it may ask the family court to change or lengthen it',
    },
    notification: null,
    breach: {
      is: 'offence',
      words:
        'An offence without reasonable excuse: up to 5 years in the Crown Court. Or contempt of court; not both',
    },
    endsWords: 'Its end date, or its discharge',
    endsWithMainApplication: false,
    reachWords: 'Not read: ask before relying on it outside England and Wales',
    readings: [
      {
        says: 'when it binds, and breach',
        source:
          'Family Law Act 1996, s.42A; explanatory notes to the Domestic Violence, Crime and Victims Act 2004, s.1',
        readOn: read,
      },
      { says: 'who may apply to change it', source: 'Family Law Act 1996, s.49', readOn: null },
      { says: 'other parts of the United Kingdom', source: 'Family Law Act 1996', readOn: null },
    ],
  },
  {
    kind: 'pha-injunction',
    name: 'Injunction under the Protection from Harassment Act',
    who: 'The client applies to the county court or the High Court',
    binds: 'not-read',
    bindsWords:
      'Nobody here has read whether it must be served before it can be broken. Until somebody has, every incident from the day it was made is shown',
    length: { mayBeUntilFurtherOrder: true, leastMonths: null, words: 'What the court says' },
    vary: {
      words: 'Not read: ask the court or a solicitor',
      client: 'A client who won it may ask the court for a warrant of arrest when it is broken',
    },
    notification: null,
    breach: { is: 'offence', words: 'An offence without reasonable excuse, or contempt of court' },
    endsWords: 'Its end date, or its discharge',
    endsWithMainApplication: false,
    reachWords: 'Not read: ask before relying on it outside England and Wales',
    readings: [
      {
        says: 'breach, and a warrant',
        source: 'Protection from Harassment Act 1997, s.3(3) to (6)',
        readOn: read,
      },
      {
        says: 'when it binds, and who may apply to change it',
        source: 'Civil Procedure Rules',
        readOn: null,
      },
    ],
  },
  {
    kind: 'dapo',
    name: 'Domestic Abuse Protection Order (DAPO)',
    who: 'The client, the police or another person applies, or a court makes it by itself. In which areas a court can make one has changed since November 2024: ask',
    binds: 'made',
    bindsWords:
      'From the day it is made. Where it was made without notice to them, only from when they are aware of it',
    length: { mayBeUntilFurtherOrder: true, leastMonths: null, words: 'What the order says' },
    vary: {
      words: 'The person it protects, the person it is against, the person who applied for it, or the police',
      client:
        'The client whom it protects may ask the court to change or end it, and must be heard when asking for less',
    },
    notification: {
      from: 'made',
      words:
        'Every name they use and their home address, within 3 days that begin with the day the order is made',
      unless: ['already-notifies'],
      alreadyUnder: 'the Sexual Offences Act 2003, Part 2, or a Stalking Protection Order',
    },
    breach: {
      is: 'offence',
      words:
        'An offence without reasonable excuse: up to 5 years in the Crown Court. Or contempt of court; not both',
    },
    endsWords: 'Its end date, or its discharge',
    endsWithMainApplication: false,
    reachWords: 'Not read for the order: ask the police before relying on it outside England and Wales',
    readings: [
      { says: 'when it binds, and breach', source: 'Domestic Abuse Act 2021, s.39', readOn: read },
      { says: 'what is notified', source: 'Domestic Abuse Act 2021, s.41(2) and (8)', readOn: read },
      { says: 'who may apply to change it', source: 'Domestic Abuse Act 2021, s.44', readOn: read },
      {
        says: 'how long, and other parts of the United Kingdom',
        source: 'Domestic Abuse Act 2021, s.38',
        readOn: null,
      },
    ],
  },
  {
    kind: 'bail',
    name: 'Bail conditions',
    who: 'The police or a court set them',
    binds: 'made',
    bindsWords: 'From when bail is granted with them. They are told at the police station or in court',
    length: {
      mayBeUntilFurtherOrder: true,
      leastMonths: null,
      words:
        'Until the next hearing or the day to come back, or until they are changed. Police bail before charge has an end: ask for it',
    },
    vary: {
      words: 'The person on bail, the prosecution, or the police',
      client:
        'The client cannot apply, but can tell the officer in the case, who may ask for more or other conditions',
    },
    notification: null,
    breach: {
      is: 'arrest',
      words:
        'Not an offence: they can be arrested for it, and bail can be changed or taken away. What they did may be an offence of its own',
    },
    endsWords:
      'The end of the bail: charge, release without charge, the end of the case, or a change of conditions',
    endsWithMainApplication: false,
    reachWords: 'Not read: ask before relying on them outside England and Wales',
    readings: [
      { says: 'breach', source: 'Bail Act 1976, s.6 and s.7', readOn: read },
      { says: 'who may apply to change them', source: 'Bail Act 1976, s.3(8)', readOn: read },
      { says: 'how long', source: 'Police and Criminal Evidence Act 1984, Part 4', readOn: null },
    ],
  },
  {
    kind: 'other',
    name: 'Another order',
    who: 'What the order says',
    binds: 'not-read',
    bindsWords:
      'What the order says: the law of this kind is not in the table. Every incident from the day it was made is shown',
    length: { mayBeUntilFurtherOrder: true, leastMonths: null, words: 'What the order says' },
    vary: {
      words: 'Ask the court that made it',
      client: 'Ask the court or a solicitor whether the client may apply',
    },
    notification: null,
    breach: { is: 'not-read', words: 'What the order says. Ask the police or the court' },
    endsWords: 'What the order says',
    endsWithMainApplication: false,
    reachWords: 'What the order says',
    readings: [{ says: 'everything', source: 'The order itself', readOn: null }],
  },
]

/** The row of a kind. */
export function lawOf(kind: OrderKind): OrderLaw {
  const found = orderLaws.find(each => each.kind === kind)
  if (!found) throw new Error('a kind of order without a row')
  return found
}

/** The kind as it is on screen. */
export function sayOrderKind(kind: OrderKind): string {
  return lawOf(kind).name
}
