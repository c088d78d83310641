import type { InfoKind } from '../mechanism/info-kind.ts'

const infoLabels: Readonly<Record<InfoKind, string>> = {
  location: 'where the client is',
  messages: 'the client’s messages',
  calls: 'whom the client calls',
  plans: 'the client’s plans and appointments',
  pictures: 'the client’s pictures',
  sound: 'what is said near the client',
  video: 'what the client looks like and does',
  contacts: 'whom the client knows',
  money: 'the client’s money and purchases',
  browsing: 'what the client looks up',
  home: 'who is at home and when',
  control: 'the power to act in the client’s things',
  codes: 'the codes with which the client signs in',
}

/** Whether a name is that of a piece of information. */
export function isInfoKind(text: string): text is InfoKind {
  return Object.hasOwn(infoLabels, text)
}

/** A piece of information, as the middle of a sentence. */
export function sayInfo(kind: InfoKind): string {
  return infoLabels[kind]
}
