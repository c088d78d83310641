import { type CasePart, caseParts } from '../foundation/case-part.ts'
import type { PersonId } from '../foundation/ids.ts'
import type { Person } from '../identity/person.ts'
import type { Consent } from './consent.ts'
import { type Bar, decideSharing } from './sharing.ts'

/** Somebody who works at the clinic, as far as it decides what they see. */
export type Colleague = Pick<Person, 'personId' | 'name' | 'agencyId' | 'agencyName' | 'role' | 'state'>

/** What decides who sees a case. */
export type SightOfCase = {
  readonly consents: readonly Pick<
    Consent,
    'consentId' | 'agencyId' | 'parts' | 'inForceFrom' | 'inForceUntil' | 'withdrawnAt'
  >[]
  readonly bars: readonly Bar[]
}

/** Who sees a case at an instant, and which parts of it. Anyone who cannot sign in sees nothing. */
export type Seen = ReadonlyMap<PersonId, readonly CasePart[]>

/** Rule S5 asked of everybody at once: who sees what of a case. */
export function findWhoSees(people: readonly Colleague[], sight: SightOfCase, now: Date): Seen {
  const seen = new Map<PersonId, readonly CasePart[]>()
  for (const { personId, agencyId, role, state } of people) {
    if (state !== 'active') continue
    const parts = caseParts.filter(
      part =>
        decideSharing({ personId, agencyId, role, part, mode: 'read' }, sight.consents, sight.bars, now)
          .allowed,
    )
    if (parts.length > 0) seen.set(personId, parts)
  }
  return seen
}

export type SightChange = {
  /** The people for whom no page of the case would open any more. */
  readonly lose: readonly Colleague[]
  readonly keep: readonly Colleague[]
  /** Which parts each of them then sees. */
  readonly will: Seen
  /** Who could then record a consent, and so let an agency in again. */
  readonly restorers: readonly Colleague[]
  /** Whether nobody could open the case at all. */
  readonly isShut: boolean
}

/** What a change does to who sees a case: worked out before and after, by the rule that decides each access. */
export function findSightChange(
  people: readonly Colleague[],
  before: SightOfCase,
  after: SightOfCase,
  now: Date,
): SightChange {
  const [was, will] = [findWhoSees(people, before, now), findWhoSees(people, after, now)]
  const of = (seen: Seen, person: Colleague): number => seen.get(person.personId)?.length ?? 0
  const keep = people.filter(each => of(will, each) > 0)
  return {
    lose: people.filter(each => of(was, each) > 0 && of(will, each) === 0),
    keep,
    will,
    restorers: keep.filter(
      ({ personId, agencyId, role }) =>
        decideSharing(
          { personId, agencyId, role, part: 'consent', mode: 'write' },
          after.consents,
          after.bars,
          now,
        ).allowed,
    ),
    isShut: keep.length === 0,
  }
}

/** Who sees the case once a consent is withdrawn. */
export function withoutConsent(sight: SightOfCase, consentId: string): SightOfCase {
  return { ...sight, consents: sight.consents.filter(each => each.consentId !== consentId) }
}

/** Who sees the case once somebody is barred from it, or their bar is lifted. */
export function withBar(sight: SightOfCase, personId: PersonId, isBarred: boolean): SightOfCase {
  const others = sight.bars.filter(each => each.personId !== personId)
  return { ...sight, bars: isBarred ? [...others, { personId, liftedAt: null }] : others }
}

const mostNames = 12

/** "Ida Example (lead agency) and 3 more". */
export function sayColleagues(people: readonly Colleague[], withAgency = true): string {
  const names = people
    .slice(0, mostNames)
    .map(({ name, agencyName }) => (withAgency ? `${name} (${agencyName})` : name))
  const rest = people.length - names.length
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ')
}
