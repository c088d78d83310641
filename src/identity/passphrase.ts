import { isMadeOfLeaked } from './leaked-passwords.ts'

const shortest = 12
const longest = 200
/** Words that people build passwords of when they must; a password made of nothing else is guessed first. */
const commonWords = [
  'password',
  'passwort',
  'passphrase',
  'passcode',
  'letmein',
  'letme',
  'welcome',
  'qwerty',
  'qwertyuiop',
  'qwertz',
  'azerty',
  'asdfghjkl',
  'zxcvbnm',
  'iloveyou',
  'admin',
  'administrator',
  'changeme',
  'change',
  'default',
  'secret',
  'login',
  'signin',
  'user',
  'guest',
  'master',
  'monkey',
  'dragon',
  'football',
  'liverpool',
  'arsenal',
  'chelsea',
  'princess',
  'sunshine',
  'superman',
  'batman',
  'trustno',
  'summer',
  'winter',
  'spring',
  'autumn',
  'january',
  'monday',
  'london',
  'kent',
  'tonbridge',
  'clinic',
  'helpline',
  'unwatched',
  'abc',
  'xyz',
  'test',
  'testing',
  'temp',
  'my',
  'the',
  'is',
  'this',
  'me',
  'in',
  'you',
  'please',
  'new',
  'one',
  'two',
  'three',
] // prettier-ignore
// Open: any character may be typed, and one that is not here means itself.
const stoodFor: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
} // prettier-ignore

/** What anybody would try first for somebody's password. */
export type PasswordContext = {
  readonly signInName: string
  /** Their own name, their agency's and the clinic's. */
  readonly others: readonly string[]
}

/** A password as it is hashed: one form of each character, so that two keyboards type the same one. */
// NIST SP 800-63B-4, section 3.1.1.2, as its second public draft had it: NFKC or NFKD before hashing. The final text was
// not seen; NFKC is in the draft
export function normalisePassphrase(typed: string): string {
  return typed.normalize('NFKC')
}

/**
 * What is wrong with a password somebody chooses, in the words to show, or null. Length is in characters as a
 * person counts them. There are no rules about kinds of characters.
 */
// NIST SP 800-63B-4, section 3.1.1.2, second public draft: eight characters at least, fifteen where nothing else is asked
// for (here a one-time code is); a blocklist of common and leaked values and of words of the context, compared with the whole password and not with a
// part of it; no composition
// rules. Twelve, and leaving out signs and digits before comparing, are the clinic's own
export function verifyPassphrase(typed: string, context: PasswordContext): string | null {
  const password = normalisePassphrase(typed)
  const length = [...password].length
  if (length === 0) return 'Enter a password'
  if (length < shortest) return `Password must be ${shortest} characters or more`
  if (length > longest) return `Password must be ${longest} characters or less`
  const plain = password.toLowerCase()
  if (isOwnName(plain, normalisePassphrase(context.signInName).toLowerCase()))
    return 'Password must not be your sign-in name, with or without common words'
  if (isMadeOfNames(plain, context.others))
    return 'Password must not be made of your name, your agency’s or the clinic’s, with or without common words'
  if (isCommon(plain))
    return 'Choose a password that is harder to guess, such as four words that do not belong together'
  return null
}

/** Whether a password is the sign-in name, or made of nothing but pieces of it, common words, signs and digits. */
function isOwnName(plain: string, name: string): boolean {
  if (plain === name) return true
  const pieces = name.split(/\P{L}+/u).filter(piece => piece.length >= 3)
  const letters = plain.replace(/\P{L}/gu, '')
  return letters !== '' && !isMadeOf(letters, commonWords) && isMadeOf(letters, [...commonWords, ...pieces])
}

/** Whether a password is nothing but words of the names around somebody, common words, signs and digits. */
function isMadeOfNames(plain: string, names: readonly string[]): boolean {
  const pieces = names.flatMap(name =>
    normalisePassphrase(name)
      .toLowerCase()
      .split(/\P{L}+/u)
      .filter(piece => piece.length >= 3),
  )
  return [plain, spell(plain)].some(text => {
    const letters = text.replace(/\P{L}/gu, '')
    return letters !== '' && !isMadeOf(letters, commonWords) && isMadeOf(letters, [...commonWords, ...pieces])
  })
}

/** Signs and digits as the letters they are written for. */
const spell = (text: string): string => [...text].map(letter => stoodFor[letter] ?? letter).join('')

function isCommon(plain: string): boolean {
  if (new Set(plain).size < 5) return true
  if (isRun(plain) || isRepeated(plain)) return true
  const core = plain.replace(/^\P{L}+|\P{L}+$/gu, '')
  const spelt = spell(core)
  if ([plain, core, spelt, core.replace(/\s/g, '')].some(isMadeOfLeaked)) return true
  return [plain, spelt].some(text => isMadeOf(text.replace(/\P{L}/gu, ''), commonWords))
}

/** Each character one more, or one less, than the one before: 123456789012 counts, and so does abcdefghijkl. */
function isRun(plain: string): boolean {
  const steps = [...plain].map(
    (letter, index) => letter.charCodeAt(0) - plain.charCodeAt(Math.max(0, index - 1)),
  )
  const along = steps.slice(1)
  return [1, -1].some(
    step => along.filter(one => one === step || one === -9 * step).length >= along.length - 1,
  )
}

function isRepeated(plain: string): boolean {
  for (let size = 1; size <= 4; size += 1) {
    const piece = plain.slice(0, size)
    if (plain === piece.repeat(Math.ceil(plain.length / size)).slice(0, plain.length)) return true
  }
  return false
}

/** Whether a text is nothing but words of a list, one after the other; so is an empty one. */
function isMadeOf(text: string, words: readonly string[]): boolean {
  const reached = new Set([0])
  for (let at = 0; at < text.length; at += 1) {
    if (!reached.has(at)) continue
    for (const word of words) if (text.startsWith(word, at)) reached.add(at + word.length)
  }
  return reached.has(text.length)
}
