import type { LawReading } from '../foundation/law-reading.ts'

/**
 * A question that must be answered before a basis may be used: a limb of the law's own test, or what somebody needs in
 * order to check it later. Where only "yes" will do, `otherwise` says what follows from any other answer.
 */
export type Limb =
  | { readonly kind: 'yes'; readonly id: string; readonly asks: string; readonly otherwise: string }
  | { readonly kind: 'words'; readonly id: string; readonly asks: string; readonly hint?: string }

/** One thing on which the law lets a clinic share what a client did not agree to share. */
export type LegalBasisRow = {
  readonly basis: string
  /** As it is shown on screen. */
  readonly words: string
  /** What it covers, and what it is often taken for and does not cover. */
  readonly covers: string
  readonly limbs: readonly Limb[]
  /** How the public promise names it, in plain and neutral words (S2); it goes on from "only where". */
  readonly promise: string
} & LawReading

const yes = (id: string, asks: string, otherwise: string): Limb => ({ kind: 'yes', id, asks, otherwise })
const words = (id: string, asks: string, hint?: string): Limb => ({
  kind: 'words',
  id,
  asks,
  ...(hint === undefined ? {} : { hint }),
})
const readOn = '2026-11-29'
const annex = 'UK GDPR Annex 1, inserted by the Data (Use and Access) Act 2025, Schedule 4'

/**
 * The legal bases this program knows: one row each, and nothing about a basis is anywhere else. The form, what the
 * approver sees, the record and the public promise are made of these rows.
 */
export const legalBasisTable = [
  {
    basis: 'vital-interests',
    words: 'Somebody’s life is at risk (vital interests)',
    covers:
      'Danger to a life, or of serious injury. It is not for distress, and not where another way would do.',
    limbs: [
      words('whose-life', 'Whose life is at risk, and by what?'),
      yes(
        'life-at-risk',
        'Is it a matter of life and death, or of serious injury?',
        'Vital interests are for matters of life and death, or of serious injury. Choose another basis',
      ),
      yes(
        'no-other-way',
        'Is there no other lawful way that would be in time?',
        'Vital interests are for when no other way would be in time. Use the other way',
      ),
    ],
    promise: 'somebody’s life is at risk, or they could be badly hurt',
    // UK GDPR Art 6(1)(d) and recital 46
    source: 'UK GDPR Article 6(1)(d)',
    readOn,
    seen: 'title',
  },
  {
    basis: 'safeguarding-child',
    words: 'To keep somebody under 18 safe (recognised legitimate interest)',
    covers:
      'A person under 18 who must be protected from neglect or from physical, mental or emotional harm.',
    limbs: [
      words('which-child', 'Which child, and protected from what?'),
      yes(
        'under-18',
        'Is that person under 18?',
        'This basis is for people under 18. For an adult there is another, with its own questions',
      ),
      yes(
        'necessary',
        'Is it necessary to protect them, or their well-being?',
        'What is not necessary to protect them may not be shared on this basis',
      ),
    ],
    promise: 'somebody under 18 must be kept from harm',
    // UK GDPR Art 6(1)(ea), Annex 1 paras 6 and 7
    source: `${annex}, paragraphs 6 and 7`,
    readOn,
    seen: 'copy',
  },
  {
    basis: 'safeguarding-adult-at-risk',
    words: 'To keep an adult safe who is “at risk” in the law’s sense (recognised legitimate interest)',
    covers:
      'An adult with needs for care and support who cannot protect themselves because of those needs. Somebody who is frightened, stalked or in danger is not “at risk” in this sense for that alone.',
    limbs: [
      words('which-needs', 'Who is the adult, and what needs for care and support do they have?'),
      yes(
        'has-needs',
        'Does that adult have needs for care and support?',
        'Without needs for care and support an adult is not “at risk” in the law’s sense. Choose another basis',
      ),
      yes(
        'harm',
        'Are they experiencing neglect or physical, mental or emotional harm, or at risk of it?',
        'Without harm, or a risk of it, an adult is not “at risk” in the law’s sense. Choose another basis',
      ),
      yes(
        'cannot-protect',
        'Are they unable to protect themselves because of those needs?',
        'An adult who can protect themselves, or cannot for another reason than those needs, is not “at risk” in the law’s sense. Choose another basis',
      ),
    ],
    promise: 'an adult who needs care, and cannot protect themselves because of that, must be kept from harm',
    // UK GDPR Art 6(1)(ea), Annex 1 paras 6 to 8; the three limbs as in the like-worded DPA 2018 Sch 1 para 18(3)
    source: `${annex}, paragraphs 6 to 8; ICO guidance on the safeguarding condition; the three limbs in the like-worded Data Protection Act 2018, Schedule 1, paragraph 18(3)`,
    readOn,
    seen: 'copy',
  },
  {
    basis: 'crime-prevention',
    words: 'To find out, look into or prevent a crime, or prosecute it (recognised legitimate interest)',
    covers: 'A crime that was committed, is suspected or is feared. Say which: a general worry is none.',
    limbs: [
      words('which-crime', 'Which crime, or suspected crime, is it about?'),
      yes(
        'for-that-crime',
        'Is it shared so that this crime is found out, looked into, prevented or prosecuted?',
        'What is shared for another end may not rest on this basis',
      ),
      yes(
        'necessary',
        'Would that fail, or be much harder, without what is shared?',
        'What is not necessary for it may not be shared on this basis',
      ),
    ],
    promise: 'it is needed to stop, or look into, something that is against the law',
    // UK GDPR Art 6(1)(ea), Annex 1 para 5
    source: `${annex}, paragraph 5`,
    readOn,
    seen: 'copy',
  },
  {
    basis: 'public-task-request',
    words: 'A public body has asked, and says that it needs it for its task (recognised legitimate interest)',
    covers:
      'Police, a council or another body that asks for it. Nobody asked: this basis is not there. It lets you share; it does not oblige you.',
    limbs: [
      words('who-asked', 'Who asked: which body, and which person there?'),
      words('asked-how', 'When and how did they ask?'),
      words('their-reference', 'What is their reference?', 'If they gave none, write that they gave none.'),
      yes(
        'says-its-task',
        'Does their request say that they need it to carry out their public task?',
        'Ask them to say in their request that they need it for their public task',
      ),
      yes(
        'no-more',
        'Is what they would see no more than what they asked for?',
        'Share no more than they asked for',
      ),
    ],
    promise: 'a public body asks us for it and says that it needs it for its work',
    // UK GDPR Art 6(1)(ea), Annex 1 para 1
    source: `${annex}, paragraph 1`,
    readOn,
    seen: 'copy',
  },
  {
    basis: 'civil-emergency',
    words: 'To respond to a public emergency (recognised legitimate interest)',
    covers:
      'A flood, an epidemic, an attack: what threatens a region or the country. Danger to one person is no emergency in this sense; see vital interests.',
    limbs: [
      words('which-emergency', 'Which emergency, and where?'),
      yes(
        'threatens-region',
        'Does it threaten serious damage to people, the environment or security in a region or part of the country?',
        'An emergency in the law’s sense threatens a region or a part of the country. For one person’s danger see vital interests',
      ),
      yes(
        'necessary',
        'Is it necessary in order to respond to it?',
        'What is not necessary to respond to it may not be shared on this basis',
      ),
    ],
    promise: 'there is an emergency that threatens a whole region',
    // UK GDPR Art 6(1)(ea), Annex 1 paras 3 and 4; Civil Contingencies Act 2004 Part 2, and its explanatory notes on s.1
    source: `${annex}, paragraphs 3 and 4; explanatory notes to the Civil Contingencies Act 2004`,
    readOn,
    seen: 'copy',
  },
  {
    basis: 'legal-obligation',
    words: 'The law or a court obliges us to (legal obligation)',
    covers:
      'A court order, a witness summons, or an Act that says it must be told. An Act that only allows it is no obligation.',
    limbs: [
      words('which-duty', 'Which order or which law: court and number, or Act and section?'),
      yes(
        'seen-it',
        'Have you seen the order, or read the section, yourself?',
        'See the order, or read the section, before you ask for this',
      ),
      yes(
        'must',
        'Does it oblige the clinic to share this, and not only allow it?',
        'What the law only allows is no legal obligation. Choose another basis',
      ),
    ],
    promise: 'the law or a judge obliges us to',
    // UK GDPR Art 6(1)(c)
    source: 'UK GDPR Article 6(1)(c)',
    readOn,
    seen: 'title',
  },
] as const satisfies readonly LegalBasisRow[]

export type LegalBasis = (typeof legalBasisTable)[number]['basis']

/** The bases that may be asked for. */
export const legalBases: readonly LegalBasis[] = legalBasisTable.map(({ basis }) => basis)

/** Bases of an earlier list: sharings that rested on them stay readable, and nobody asks for one or approves one. */
const retired = {
  'safeguarding-vulnerable-individual': 'To keep a vulnerable person safe (recognised legitimate interest)',
  'court-order': 'A court has ordered it (legal obligation)',
} as const
export type KeptBasis = LegalBasis | keyof typeof retired

/** The row of a basis; null for one of an earlier list. */
export function findBasis(basis: string): LegalBasisRow | null {
  return legalBasisTable.find(row => row.basis === basis) ?? null
}

/** The basis as it is shown on screen; null for a code that never was one. */
export function sayBasis(basis: string): string | null {
  const row = findBasis(basis)
  if (row) return row.words
  const old = Object.entries(retired).find(([code]) => code === basis)
  return old ? `${old[1]}; from an earlier list of bases` : null
}
