/** A kind of act associated with stalking. The codes are ours; an incident may carry several. */
export type ActCode =
  | 'A_FOLLOW'
  | 'B_CONTACT'
  | 'C_PUBLISH'
  | 'D_MONITOR'
  | 'E_LOITER'
  | 'F_INTERFERE'
  | 'G_WATCH'
  | 'X_OTHER'

export type ActCodeWords = {
  readonly code: ActCode
  /** The paragraph of s.2A(3) it stands for; null for what the list does not name. */
  readonly paragraph: string | null
  readonly name: string
  /** How it shows in a clinic's cases. */
  readonly hint: string
}

/** The acts in the order of the Act, in our words. */
// Protection from Harassment Act 1997, s.2A(3): examples of acts associated with stalking; the list is not closed
export const actCodes: readonly ActCodeWords[] = [
  {
    code: 'A_FOLLOW',
    paragraph: 'a',
    name: 'Following',
    hint: 'In person, or by a car’s app, a tracker or shared location',
  },
  {
    code: 'B_CONTACT',
    paragraph: 'b',
    name: 'Contacting, or trying to, by any means',
    hint: 'Messages, calls, new accounts, gifts, payment references, through other people',
  },
  {
    code: 'C_PUBLISH',
    paragraph: 'c',
    name: 'Publishing about the client, or as if from the client',
    hint: 'Posts, false profiles, adverts, personal details, images',
  },
  {
    code: 'D_MONITOR',
    paragraph: 'd',
    name: 'Monitoring the client’s internet, email or other electronic communication',
    hint: 'Access to accounts, forwarding rules, linked devices, stalkerware',
  },
  {
    code: 'E_LOITER',
    paragraph: 'e',
    name: 'Loitering in any place, public or private',
    hint: 'Waiting near places the client goes',
  },
  {
    code: 'F_INTERFERE',
    paragraph: 'f',
    name: 'Interfering with property in the client’s possession',
    hint: 'The car, locks, heating or lights from afar; locking out of accounts; wiping a device',
  },
  {
    code: 'G_WATCH',
    paragraph: 'g',
    name: 'Watching or spying',
    hint: 'Home cameras, doorbells, microphones, seeing the screen',
  },
  {
    code: 'X_OTHER',
    paragraph: null,
    name: 'Another act',
    hint: 'The list in the law gives examples, so an act that is not on it can count',
  },
]

/** Reads a code that somebody sent, or null. */
export function parseActCode(text: string): ActCode | null {
  return actCodes.find(each => each.code === text)?.code ?? null
}

/** "s.2A(3)(b) Contacting, or trying to, by any means". */
export function sayActCode(code: ActCode): string {
  const words = actCodes.find(each => each.code === code)
  if (!words) return code
  return words.paragraph === null ? words.name : `s.2A(3)(${words.paragraph}) ${words.name}`
}
