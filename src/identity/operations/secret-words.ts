import { createHmac, randomBytes } from 'node:crypto'
import { type Sha256, sha256 } from '../../foundation/digest.ts'
import type { PersonId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import { deriveSecret } from '../../platform/keys.ts'
import { makeSecretWords, type SecretWordKind } from '../secret-words.ts'
import { stretchWords } from './prove-password.ts'

/** Draws new words of a kind. */
export function drawSecretWords(kind: SecretWordKind): readonly string[] {
  return makeSecretWords(kind, randomBytes(32))
}

/** The words that belong to one sending of a form: the same form sent twice shows the same words twice. */
export function wordsOfForm(clinic: Clinic, kind: SecretWordKind, formToken: string): readonly string[] {
  const key = deriveSecret(clinic.key, 'words-of-forms')
  return makeSecretWords(
    kind,
    createHmac('sha256', key)
      .update(JSON.stringify([kind, formToken]))
      .digest(),
  )
}

/**
 * What the sign-in shows the database of words that were typed: Argon2id over them with a salt that takes the clinic's
 * key, bound to whom and what they are for. The database keeps a digest of it and judges by itself (`unwatched.shows`).
 */
export async function showWords(
  clinic: Clinic,
  kind: SecretWordKind,
  personId: PersonId,
  words: readonly string[],
): Promise<string> {
  const salt = createHmac('sha256', deriveSecret(clinic.key, 'secret-words'))
    .update(JSON.stringify([kind, clinic.clinicId, personId]))
    .digest()
  return stretchWords(words.join(' '), salt)
}

/** What is kept of words. */
export async function keepSecretWords(
  clinic: Clinic,
  kind: SecretWordKind,
  personId: PersonId,
  words: readonly string[],
): Promise<Sha256> {
  return sha256(await showWords(clinic, kind, personId, words))
}
