import type { CaseId, ClinicId } from '../foundation/ids.ts'
import { Fault } from './fault.ts'
import { type ClinicKey, deriveSecret } from './keys.ts'
import { padText, unpadText } from './pad-text.ts'
import { openBytes, sealBytes } from './seal-bytes.ts'

/** Which text of which file a sealed name is: it opens nowhere else. */
export type NamePlace = { readonly clinicId: ClinicId; readonly caseId: CaseId; readonly field: string }

/** How a sealed name begins where it lies as a text. */
const mark = 'sealed:'

/**
 * Seals a name, or what was told at the referral, under a key of the clinic: a list shows the names of many files,
 * and opening the key of each would be opening each. As a text, because that is what such a column holds. Padded, so that
 * its length does not tell the name. Nothing stays nothing.
 */
export function sealName(key: ClinicKey, place: NamePlace, name: string): string {
  return name === '' ? '' : sealEvenNothing(key, place, name)
}

/** The same, where not even whether there is a name may show: nothing is sealed like anything. */
export function sealEvenNothing(key: ClinicKey, place: NamePlace, name: string): string {
  return mark + sealBytes(nameKeyOf(key), purposeOf(place), padText(name)).toString('base64')
}

/** Opens what `sealName` sealed: nothing is nothing, and a text that nobody sealed is no name. */
export function openName(key: ClinicKey, place: NamePlace, kept: string): string {
  if (kept === '') return ''
  const sealed = kept.startsWith(mark) ? Buffer.from(kept.slice(mark.length), 'base64') : null
  const opened = sealed && openBytes(nameKeyOf(key), purposeOf(place), sealed)
  if (!opened) throw new Fault('name-not-opened', 'A sealed name was altered, or belongs elsewhere.')
  return unpadText(opened)
}

const nameKeys = new WeakMap<ClinicKey, Buffer>()

function nameKeyOf(key: ClinicKey): Buffer {
  const known = nameKeys.get(key)
  if (known) return known
  const secret = deriveSecret(key, 'names')
  nameKeys.set(key, secret)
  return secret
}

function purposeOf({ clinicId, caseId, field }: NamePlace): string {
  return `${clinicId} ${caseId} ${field}`
}
