import { sayMoment } from '../foundation/say-date.ts'

/** Words that give away what a message is about (rule S2), whatever clinic it is. Stems: "stalk" covers "stalking". */
const telling = [
  'stalk',
  'harass',
  'abus',
  'violen',
  'domestic',
  'police',
  'crime',
  'victim',
  'survivor',
  'perpetrator',
  'suspect',
  'refuge',
  'helpline',
  'cyber',
  'clinic',
  'advocate',
  'idva',
  'marac',
  'safety',
  'safe ',
  'order',
  'court',
  'evidence',
  'unwatched',
  'support',
  'charity',
  'http',
  'www.',
]

export type Wording = { readonly senderName: string; readonly subject: string; readonly text: string }

/** How a message is signed: a word that a dentist, a garage or a hairdresser might use too. */
export const senderName = 'Appointments'

/** The reminder of an appointment: when, and nothing else. No link, no place, no name, no invitation. */
export function writeReminder(aboutAt: Date, zone: string): Wording {
  return {
    senderName,
    subject: 'Your appointment',
    text: `Hello,\n\nYour appointment is on ${sayMoment(aboutAt, zone)}.\n\nYou do not need to answer this message.\n`,
  }
}

/** How a mail to staff is signed: it too may lie open on a kitchen table. */
const staffSenderName = 'Rota'

/** What is written to those on call: that there is something to look at. No name, no reference, no link, no reason. */
export function writeOnCall(): Wording {
  return {
    senderName: staffSenderName,
    subject: 'Please look at your desk now',
    text: 'Hello,\n\nSomething came in that cannot wait. Please sign in at your desk, or ring somebody who is at theirs.\n\nYou do not need to answer this message.\n',
  }
}

/**
 * Finds the words that may not be in a message: those that give away what it is about, and the names of the clinic and
 * its agencies. Empty when it may leave.
 *
 * @param wording with the sender's address, where it is known
 * @param names names of this clinic, from its profile
 */
export function findTellingWords(
  wording: Wording & { readonly senderAddress?: string },
  names: readonly string[],
): readonly string[] {
  const plain = (part: string): string => part.normalize('NFKC').toLowerCase()
  const address = plain(wording.senderAddress ?? '')
  const all = plain(`${wording.senderName}\n${wording.subject}\n${wording.text}\n${address}`)
  const own = names.map(name => plain(name).trim()).filter(name => name.length > 2)
  // In an address a name is run together: lookahead.example.
  const isInAddress = (name: string): boolean => joinLetters(address).includes(joinLetters(name))
  return [...telling, ...own].filter(word => all.includes(word) || (own.includes(word) && isInAddress(word)))
}

const joinLetters = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '')
