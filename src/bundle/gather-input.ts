import type { BundleEntry } from '../chronology/bundle-entry.ts'
import type { TimeLimit } from '../chronology/time-limits.ts'
import type { VerifierKey } from '../evidence/checkpoint-key.ts'
import type { Item, ListedItem, WorkingCopy } from '../evidence/item.ts'
import { sayDay } from '../foundation/calendar-day.ts'
import type { ItemId } from '../foundation/ids.ts'
import { listWhatLeaves } from './apply-choices.ts'
import type { BundleExhibit, BundleInput, BundlePerson, NotIncluded } from './bundle-input.ts'
import { type BundleRequest, purposeName } from './bundle-request.ts'
import type { WeighedExhibit } from './exhibit-choice.ts'
import type { ChronologyRow, KeyFact, ReportData } from './report-data.ts'

/** What was found in the case for one bundle. */
export type Gathered = {
  readonly request: BundleRequest
  /** Counts from 1 within the case, in the order asked for. */
  readonly number: number
  readonly caseReference: string
  readonly clinicName: string
  readonly requestedBy: BundlePerson
  readonly approvedBy: BundlePerson
  /** How many rows of each kind go out after the choices are applied, and what has to be said of the others. */
  readonly incidents: number
  readonly records: number
  /** Rows that represent what was not read of an exhibit, or not understood. */
  readonly notRead: number
  readonly notIncluded: readonly NotIncluded[]
  /** The exhibits that the chronology rests on, with what was found in each. */
  readonly weighed: readonly WeighedExhibit[]
  /** The working copies that go in place of their originals. */
  readonly copies: ReadonlyMap<ItemId, WorkingCopy>
  /** The incidents that a person chose as the course of conduct; null while nobody has. */
  readonly conduct: readonly number[] | null
  readonly limits: readonly TimeLimit[]
  /**
   * The items that go in, in the order of their references: an entry rests on each, and none was left out by choice.
   */
  readonly going: readonly ListedItem[]
  /** How many items of the case nothing here rests on. */
  readonly uncited: { readonly read: number; readonly notRead: number }
  readonly clinicKey: VerifierKey
}

/**
 * Makes the input of a bundle from what was found, apart from its chronology. `open` gives an exhibit's bytes when
 * they are needed.
 */
export function gatherInput(
  found: Gathered,
  open: (file: Pick<Item, 'blobId' | 'sha256' | 'size'>) => AsyncIterable<Uint8Array>,
): Omit<BundleInput, 'chronology'> {
  const { request } = found
  const madeAt = (request.decidedAt ?? request.askedAt).toISOString()
  return {
    bundleId: request.bundleId,
    reference: `${found.caseReference}-bundle-${found.number}`,
    caseReference: found.caseReference,
    clinicName: found.clinicName,
    purpose: purposeName(request.purpose),
    madeAt,
    requestedBy: { ...found.requestedBy, at: request.askedAt.toISOString() },
    approvedBy: { ...found.approvedBy, at: madeAt },
    keyFacts: findKeyFacts(found),
    exhibits: found.going.map(listed => {
      const copy = found.copies.get(listed.item.itemId)
      return copy ? copyOf(listed, copy, () => open(copy)) : exhibitOf(listed, () => open(listed.item))
    }),
    notRead: countNotRead(found),
    notIncluded: findNotIncluded(found),
    clinicKey: found.clinicKey,
  }
}

/** How many of the exhibits that go in were not read, or not completely. */
function countNotRead({ weighed, going }: Gathered): number {
  const goes = new Set(going.map(({ item }) => item.itemId))
  return weighed.filter(({ itemId, notRead }) => notRead !== null && goes.has(itemId)).length
}

/** The same facts as the printed chronology shows them. */
export function gatherReport(
  input: Omit<BundleInput, 'chronology'>,
  actCodes: ReportData['actCodes'],
): Omit<ReportData, 'part' | 'rows'> {
  const say = ({ name, role, agency }: BundlePerson): string => `${name}, ${role}, ${agency}`
  return {
    title: 'Chronology',
    clinicName: input.clinicName,
    caseReference: input.caseReference,
    bundleReference: input.reference,
    purpose: input.purpose,
    madeAt: input.madeAt,
    requestedBy: say(input.requestedBy),
    approvedBy: say(input.approvedBy),
    keyFacts: input.keyFacts,
    actCodes,
  }
}

/** An entry as a row of the chronology. */
export function writeRow(entry: BundleEntry, number: number): ChronologyRow {
  const { impact } = entry
  const what = [
    entry.incidentNumber === null ? '' : `Incident ${entry.incidentNumber}.`,
    entry.what,
    entry.reason,
    impact.clientWords === '' ? '' : `In the client’s words: ${impact.clientWords}`,
    impact.changed === '' ? '' : `What changed: ${impact.changed}`,
    impact.toldTo === '' ? '' : `Told to: ${impact.toldTo}`,
  ]
  return {
    number,
    when: entry.when,
    zone: entry.zone,
    certainty: entry.certainty,
    what: what.filter(part => part !== '').join('\n'),
    who: entry.who,
    writtenByApp: entry.writtenByApp,
    platform: entry.platform,
    acts: entry.acts,
    sources: entry.sources.map(({ exhibit, place }) => ({ exhibit, place })),
  }
}

function exhibitOf({ item, originalName }: ListedItem, open: BundleExhibit['open']): BundleExhibit {
  return {
    reference: item.exhibitRef,
    producer: item.exhibitRef.split('/')[0] ?? '',
    originalName,
    kind: 'original',
    digest: item.sha256,
    derivedFrom: null,
    bytes: item.size,
    arrivedAt: item.receivedAt.toISOString(),
    open,
  }
}

/** A working copy has the reference of its original, and says from which bytes it was made. */
function copyOf(listed: ListedItem, copy: WorkingCopy, open: BundleExhibit['open']): BundleExhibit {
  return {
    ...exhibitOf(listed, open),
    kind: 'working-copy',
    digest: copy.sha256,
    derivedFrom: listed.item.sha256,
    bytes: copy.size,
  }
}

/** What the first page says in numbers. It names a day only if a person chose what it counts from. */
export function findKeyFacts({
  incidents,
  records,
  notRead,
  conduct,
  limits,
}: Pick<Gathered, 'incidents' | 'records' | 'notRead' | 'conduct' | 'limits'>): readonly KeyFact[] {
  // Magistrates' Courts Act 1980, s.127(1): six months for a summary offence, from the last incident of the conduct
  const limit = limits.find(each => each.id === 'summary')
  return [
    { name: 'Incidents', value: String(incidents) },
    { name: 'Messages and other records', value: String(records) },
    ...(notRead > 0 ? [{ name: 'Rows that say what was not read', value: String(notRead) }] : []),
    {
      name: 'Course of conduct, as a person at the clinic chose it',
      value:
        conduct === null
          ? 'Nobody has chosen'
          : conduct.length === 0
            ? 'None'
            : `Incidents ${conduct.join(', ')}`,
    },
    {
      name: 'Six months from the last of them (summary-only offences; others may have no such limit)',
      value:
        limit?.kind === 'running'
          ? `${sayDay(limit.lastDay)}, from incident ${limit.number}, ${sayDay(limit.from)}`
          : 'Cannot be known from this',
    },
  ]
}

function findNotIncluded(found: Gathered): readonly NotIncluded[] {
  const { request, weighed } = found
  return [
    {
      what: 'Exhibits that nothing in the chronology here rests on',
      count: found.uncited.read,
      because: 'not relied on in this bundle',
    },
    ...(found.uncited.notRead > 0
      ? [
          {
            what: 'Exhibits NOT read or not wholly read that are not here',
            count: found.uncited.notRead,
            because:
              'nothing in the chronology here rests on them, but nobody can say from it that they do not matter',
          },
        ]
      : []),
    ...found.notIncluded,
    ...(request.choices.records === 'in-incidents'
      ? [
          {
            what: 'Messages that no incident rests on',
            count: null,
            because: 'chosen so when the bundle was asked for; each is in its exhibit',
          },
        ]
      : []),
    {
      what: 'The fields in which the clinic keeps channels to the client',
      count: null,
      because: 'never in a bundle; what exhibits and messages say themselves is as they say it',
    },
    {
      what: 'The clinic’s notes, consents and the record of who looked',
      count: null,
      because: 'not evidence of what happened',
    },
    ...listWhatLeaves(weighed, request.choices.exhibits),
  ]
}
