import { againFields } from './prove-again.ts'

/**
 * The fields that people prove themselves with: passwords, codes, words to sign in with. They are typed again each
 * time: no page carries them to the next one, and none that gives back a form gives them back.
 */
export const secretFieldNames = [
  'password',
  'new-password',
  'code',
  'joining-code',
  'second-secret',
  'witness-words',
  againFields.password,
  againFields.code,
] as const

export type SecretFieldName = (typeof secretFieldNames)[number]

const listed: ReadonlySet<string> = new Set(secretFieldNames)
/** The client's own words where they sign in; elsewhere `words` are what somebody writes. */
const listedAt: ReadonlySet<string> = new Set(['/my/words words'])
// A name that nobody listed and that sounds like one of them is taken for one
const soundsSecret = /passw|passphrase|phrase|secret|witness|(?:^|[-_.])(?:code|pin|otp)$|one-?time/i

/** Whether what is typed into a field of this name, on a form sent to this path, is a secret. */
export function isSecretField(path: string, name: string): boolean {
  return listed.has(name) || listedAt.has(`${path} ${name}`) || soundsSecret.test(name)
}
