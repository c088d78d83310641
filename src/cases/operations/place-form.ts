import { randomBytes } from 'node:crypto'
import { groupAddress } from '../../foundation/address-group.ts'
import type { Sha256 } from '../../foundation/digest.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { SealedTallies, type TallyPlace } from '../../platform/sealed-tally.ts'
import { decidePlace } from '../flood.ts'
import { countPileOf, type PileGroups } from '../pile-store.ts'

/** Thrown when not even the pile takes another public form: nothing of it is kept. */
export class PileIsFull extends Error {}

/**
 * Where a public form goes: null to triage, or the groups it belongs to in the pile. Two servers count as one. A call
 * handler's never comes here, so no flood stops a call (S13). Beside a form that goes to triage nothing of where it
 * came from is kept; in the pile, numbers drawn at random (S8).
 */
export async function placeForm(
  clinic: Clinic,
  transaction: Transaction,
  address: string,
  form: { readonly isOurs: boolean; readonly danger: boolean },
): Promise<PileGroups | null> {
  const tallies = new SealedTallies(clinic, transaction)
  const { subscriber, network } = groupAddress(address)
  const inTriage = {
    source: { words: ['form source', subscriber], per: 'hour' },
    network: { words: ['form network', network], per: 'hour' },
    clinic: { words: ['form'], per: 'hour' },
  } as const satisfies Record<string, TallyPlace>
  const inPile = {
    source: { words: ['pile source', subscriber], per: 'day' },
    network: { words: ['pile network', network], per: 'day' },
  } as const satisfies Record<string, TallyPlace>
  await tallies.lock({ words: ['forms'], per: 'day' })
  await tallies.forgetEnded()
  const [source, near, all] = [
    await tallies.load(inTriage.source),
    await tallies.load(inTriage.network),
    await tallies.load(inTriage.clinic),
  ]
  const groups = {
    source: (await tallies.load(inPile.source)).group ?? drawGroup(),
    network: (await tallies.load(inPile.network)).group ?? drawGroup(),
  }
  const counts = {
    source: source.count,
    network: near.count,
    clinic: all.count,
    ...(await countPileOf(transaction, groups)),
  }
  const place = decidePlace(counts, form.danger)
  if (place === 'full') throw new PileIsFull()
  if (!form.isOurs) return null
  if (place === 'triage') {
    for (const lane of ['source', 'network', 'clinic'] as const)
      await tallies.keep(inTriage[lane], { count: counts[lane] + 1, lastAt: null, group: null })
    return null
  }
  for (const lane of ['source', 'network'] as const)
    await tallies.keep(inPile[lane], { count: 0, lastAt: null, group: groups[lane] })
  return groups
}

const drawGroup = (): Sha256 => randomBytes(32).toString('hex') as Sha256
