import { canonicalJson, type Json } from '../foundation/canonical-json.ts'
import type { Decision } from '../foundation/decision.ts'
import { type Profile, parseProfile } from './profile.ts'

/** What may never change: cases and consents hang on it. */
type Fixed = 'slug' | 'agencies'

/**
 * Whether a clinic may have this profile instead of the one it has, and which parts of it differ. Its short name and
 * its agencies stay.
 *
 * @param before what is kept now, as it was read, which may be a profile that this version cannot read
 */
export function decideProfileChange(
  before: unknown,
  after: Profile,
): Decision<{ readonly changed: readonly string[] }, Fixed | 'nothing-changed'> {
  const read = parseProfile(before)
  const old = partsOf(read.ok ? read.profile : before)
  const next = partsOf(after)
  const isSame = (part: string): boolean =>
    canonicalJson(old.get(part) ?? null) === canonicalJson(next.get(part) ?? null)
  for (const part of ['slug', 'agencies'] as const)
    if (!isSame(part)) return { allowed: false, because: part }
  const changed = [...new Set([...old.keys(), ...next.keys()])].filter(part => !isSame(part)).sort()
  return changed.length === 0 ? { allowed: false, because: 'nothing-changed' } : { allowed: true, changed }
}

function partsOf(profile: unknown): ReadonlyMap<string, Json> {
  const isObject = profile !== null && typeof profile === 'object'
  return new Map(
    Object.entries(isObject ? (JSON.parse(JSON.stringify(profile)) as Record<string, Json>) : {}),
  )
}
