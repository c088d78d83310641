import type { Decision } from '../../foundation/decision.ts'
import type { CatalogueEntry } from '../inventory/catalogue-entry.ts'
import type { Thing } from '../inventory/inventory.ts'
import { type Check, findCheckBasis } from './check.ts'
import { showsSomething } from './read-list.ts'

/** What was done in a revision of a check, as it is kept in the open. */
export type CheckChange = 'recorded' | 'corrected' | 'devices-answered' | 'put-on-map'

export const checkRefusals = [
  'no-such-thing',
  'no-such-check',
  'changed-meanwhile',
  'nothing-changed',
] as const
export type CheckRefusal = (typeof checkRefusals)[number]

/** What may be corrected in a check afterwards: what a person wrote, never what a list held. */
export type CheckWords = Pick<Check, 'looked' | 'way' | 'lookedBy' | 'day' | 'found' | 'words'>

/**
 * Decides what a check says after a correction. If its list shows something, it counts as found, whatever else is
 * said.
 */
export function decideCorrection(
  check: Check,
  words: CheckWords,
): Decision<{ readonly check: Check }, CheckRefusal> {
  const found = words.found || (check.list !== null && showsSomething(check.list))
  const next: Check = { ...check, ...words, found }
  const isSame = JSON.stringify(next) === JSON.stringify(check)
  return isSame ? { allowed: false, because: 'nothing-changed' } : { allowed: true, check: next }
}

/** Decides what a check says after the client was asked which devices of its list they know. By number in the list. */
export function decideDevices(
  check: Check,
  known: ReadonlyMap<number, boolean>,
): Decision<{ readonly check: Check }, CheckRefusal> {
  const { list } = check
  if (!list) return { allowed: false, because: 'no-such-check' }
  const devices = list.devices.map((device, at) => ({ ...device, known: known.get(at) ?? device.known }))
  if (devices.every((device, at) => device.known === list.devices[at]?.known))
    return { allowed: false, because: 'nothing-changed' }
  const next = { ...list, devices }
  return { allowed: true, check: { ...check, list: next, found: showsSomething(next) } }
}

/** The question of an account that an unknown device answers. */
const question = 'signed-in'

/**
 * Whether a device on the list of this thing can be put on the map at all: only accounts are asked who is signed in.
 */
export function takesDevices(entry: CatalogueEntry): boolean {
  return entry.questions.some(each => each.kind === 'belief' && each.id === question)
}

/**
 * Decides what follows when a device that the client does not know goes on the map: one of the suspected person's
 * devices is probably signed in, on the basis on which the check was made. Nobody has seen who uses it, so it is never
 * more than probable. An answer that says as much already stays.
 */
export function decideOnMap(
  check: Check,
  at: number,
  thing: Thing,
  entry: CatalogueEntry,
): Decision<
  {
    readonly check: Check
    readonly question: string
    readonly belief: 'probably'
    readonly basis: 'seen' | 'told'
    readonly isSaid: boolean
  },
  CheckRefusal
> {
  const { list } = check
  const device = list?.devices[at]
  if (!list || device?.known !== false || !takesDevices(entry))
    return { allowed: false, because: 'no-such-check' }
  if (device.onMap) return { allowed: false, because: 'nothing-changed' }
  const basis = findCheckBasis(check)
  const belief = thing.answers[question]?.[basis]?.belief
  return {
    allowed: true,
    check: {
      ...check,
      list: {
        ...list,
        devices: list.devices.map((each, index) => (index === at ? { ...each, onMap: true } : each)),
      },
    },
    question,
    belief: 'probably',
    basis,
    isSaid: belief === 'yes' || belief === 'probably',
  }
}
