import type { Inventory, InventoryStatement, Thing } from '../../src/access-map/inventory/inventory.ts'
import type { QuestionPart } from '../../src/access-map/mechanism/part.ts'
import { makeChance } from './chance.ts'

/** The kinds of a household in which everything may hang together with everything. */
const kinds = [
  'phone',
  'phone',
  'tablet',
  'mailbox',
  'mailbox',
  'number',
  'number',
  'messaging',
  'social-account',
  'password-manager',
  'notebook',
  'apple-account',
  'cameras',
  'family-group',
  'managed-device',
] as const
type Kind = (typeof kinds)[number]
type Entries = ReadonlyMap<string, { readonly questions: readonly QuestionPart[] }>

/** What is so, by thing and question: whether, and with which other things. */
export type LivedWorld = ReadonlyMap<
  string,
  {
    readonly kind: Kind
    readonly is: ReadonlyMap<string, boolean>
    readonly ties: ReadonlyMap<string, readonly string[]>
  }
>

/** What opens nothing by itself: having a device takes both of the first two, and a password with the last. */
const halves: readonly string[] = ['hands', 'passcode', 'alone']

/**
 * A household as it really is: a part of the kinds, with few things open to the suspected person and many ties.
 *
 * @param dependence the share of numbers that are the suspected person’s own, and of accounts whose codes come to numbers only
 */
export function liveWorld(seed: number, entries: Entries, dependence = 0): LivedWorld {
  const chance = makeChance(seed)
  const there = kinds.filter(() => chance.is(0.75)).map((kind, index) => ({ id: `t${index + 1}`, kind }))
  return new Map(
    there.map(({ id, kind }) => {
      const questions = entries.get(kind)?.questions ?? []
      const is = new Map<string, boolean>()
      const ties = new Map<string, readonly string[]>()
      for (const question of questions) {
        if (question.kind === 'belief') is.set(question.id, chance.is(shareOf(kind, question.id, dependence)))
        else {
          const all = there.filter(each => each.id !== id && question.of.includes(each.kind))
          const isOnNumber = question.id === 'codes' && dependence > 0 && chance.is(dependence)
          const others = isOnNumber ? all.filter(each => each.kind === 'number') : all
          ties.set(question.id, chance.is(0.6) ? chance.some(others, 2).map(each => each.id) : [])
        }
      }
      return [id, { kind, is, ties }]
    }),
  )
}

function shareOf(kind: Kind, question: string, dependence: number): number {
  if (kind === 'number' && question === 'theirs' && dependence > 0) return dependence
  return halves.includes(question) ? 0.3 : 0.1
}

/**
 * What an adviser was told of it: all of it, or with answers that nobody gave.
 *
 * @param untold the share of questions that nobody answered
 */
export function tellOf(world: LivedWorld, untold: number, seed: number): Inventory {
  const chance = makeChance(seed)
  const things = [...world].map(([thingId, { kind, is, ties }]): Thing => {
    const answers: Record<string, { told: InventoryStatement }> = {}
    for (const [question, so] of is)
      if (!chance.is(untold)) answers[question] = { told: { belief: so ? 'yes' : 'no', things: [] } }
    for (const [question, others] of ties)
      if (!chance.is(untold))
        answers[question] = { told: { belief: others.length > 0 ? 'yes' : 'no', things: [...others] } }
    return {
      thingId,
      entry: kind,
      label: `${kind} ${thingId}`,
      note: '',
      answers,
      channels: [],
      changedIn: 1,
      isGone: false,
    }
  })
  return { version: 1, words: '', things }
}

/** What arrives in these shows on a locked screen. */
const shows: readonly Kind[] = ['mailbox', 'messaging', 'social-account']

/** Passwords are kept in these: on purpose, in a draft, or as they were sent to somebody. */
const keepers: readonly Kind[] = ['password-manager', 'apple-account', 'mailbox', 'messaging']

/** What the suspected person can do with each thing of a household: read what is in it, and use it as its owner would. */
export type Reached = {
  readonly reads: ReadonlySet<string>
  readonly has: ReadonlySet<string>
  /** Accounts of which they get the codes. */
  readonly codes: ReadonlySet<string>
}

const nothing: ReadonlySet<string> = new Set()

/**
 * Lives it through, hour by hour, until nothing new is open to the suspected person. It knows nothing of maps, rules or
 * mechanisms: it is the second opinion on them, written from how these things work.
 *
 * @param newCodes devices with a new code, which nobody else was told; but what goes to and fro between two homes is opened
 *   in the other one all the same. A password that was known stays known, what makes codes stays copied, and what was linked stays linked
 */
export function liveThrough(world: LivedWorld, newCodes = nothing): Reached {
  const before = newCodes.size === 0 ? null : live(world, nothing, null)
  return live(world, newCodes, before)
}

type Lived = Reached & { readonly knows: ReadonlySet<string>; readonly copied: ReadonlySet<string> }

function live(world: LivedWorld, newCodes: ReadonlySet<string>, earlier: Lived | null): Lived {
  const can = {
    read: new Set<string>(),
    have: new Set<string>(),
    watch: new Set<string>(),
    hold: new Set<string>(),
  }
  const isDevice = (kind: Kind): boolean => kind === 'phone' || kind === 'tablet'
  const know = new Set([...(earlier?.knows ?? [])].filter(id => !isDevice(world.get(id)?.kind ?? 'phone')))
  const readPasswords = new Set<string>()
  // What makes the codes is copied where the passwords are read: the key of an app, spare codes on paper.
  const copied = new Set(earlier?.copied)
  const codes = new Set<string>()
  const isKept = (kind: Kind): boolean => keepers.includes(kind)
  let before = -1
  const count = (): number =>
    can.read.size +
    can.have.size +
    can.watch.size +
    can.hold.size +
    know.size +
    readPasswords.size +
    copied.size +
    codes.size
  while (before !== count()) {
    before = count()
    for (const [id, { kind, is, ties }] of world) {
      const so = (question: string): boolean => is.get(question) ?? false
      const some = (question: string, has: ReadonlySet<string>): boolean =>
        (ties.get(question) ?? []).some(other => has.has(other))
      if (isDevice(kind)) {
        if (so('hands') || so('to-and-fro')) can.hold.add(id)
        if (so('watched') || so('to-and-fro') || some('managed', can.have)) can.watch.add(id)
        if ((so('passcode') && !newCodes.has(id)) || so('to-and-fro') || can.watch.has(id)) know.add(id)
        if (can.hold.has(id) && know.has(id)) can.have.add(id)
        if (can.have.has(id) || can.watch.has(id)) {
          can.read.add(id)
          readPasswords.add(id)
        }
      } else if (kind === 'number') {
        if (so('theirs') || so('holder') || so('pin') || so('diverted')) can.have.add(id)
        // In the network's own account, to which the mailbox opens, a new SIM is ordered.
        if (some('bills', can.read)) can.have.add(id)
        if (some('forwarded', can.read) || some('sim', can.read) || some('sim', can.hold)) can.have.add(id)
        if (can.have.has(id)) can.read.add(id)
      } else if (kind === 'notebook') {
        if (so('reads')) {
          can.have.add(id)
          can.read.add(id)
          readPasswords.add(id)
        }
      } else if (kind === 'cameras') {
        if (so('owner') || so('shared') || so('login') || some('account', can.read)) can.have.add(id)
        // A log-in that was seen being typed stays known, and so does one that was read where it is kept.
        if (some('devices', can.watch) || some('kept', readPasswords)) know.add(id)
        if (some('devices', can.have) || know.has(id)) can.have.add(id)
      } else if (kind === 'family-group' || kind === 'managed-device') {
        if (so('in') || so('runs') || some('account', can.read)) can.have.add(id)
        if (some('devices', can.have) || some('devices', can.watch)) can.have.add(id)
      } else {
        const hasPassword = kind !== 'messaging'
        if (hasPassword && (so('password') || some('devices', can.watch) || some('kept', readPasswords)))
          know.add(id)
        if (hasPassword && some('codes', readPasswords)) copied.add(id)
        if (hasPassword && (some('codes', can.read) || copied.has(id))) codes.add(id)
        const asksForNone = hasPassword && (ties.get('codes') ?? []).length === 0
        if (know.has(id) && (so('alone') || codes.has(id) || asksForNone)) can.have.add(id)
        if (so('theirs') || so('signed-in') || some('recovery', can.read) || some('devices', can.have))
          can.have.add(id)
        // A device that was open for a minute may have linked another.
        if (kind === 'messaging' && earlier && some('devices', earlier.has)) can.have.add(id)
        if (shows.includes(kind) && some('devices', can.hold)) can.read.add(id)
        if (can.have.has(id) || so('forwarded') || so('mail-copies') || some('devices', can.watch))
          can.read.add(id)
        // A backup has what arrives on the device, and so has another device that is signed in.
        if (kind === 'apple-account' && can.read.has(id))
          for (const device of ties.get('devices') ?? []) can.read.add(device)
        if (isKept(kind) && (can.read.has(id) || so('shared-passwords'))) readPasswords.add(id)
      }
    }
  }
  return { reads: can.read, has: can.have, knows: know, codes, copied }
}

/** What the client has done: with their accounts, and with devices that were put away for new ones. */
export type DoneByClient = {
  /** Accounts with a new password. */
  readonly changed: ReadonlySet<string>
  /** Accounts out of which every other device was signed. */
  readonly signedOut: ReadonlySet<string>
  /** Accounts whose codes come only to the client. */
  readonly stepped: ReadonlySet<string>
  /** Accounts into which the maker let the client without a code. */
  readonly regained: ReadonlySet<string>
  /** Devices. */
  readonly replaced: ReadonlySet<string>
}

const withPassword: readonly Kind[] = ['mailbox', 'social-account', 'password-manager', 'apple-account']

/** Some acts of a client, by chance. What is the suspected person’s own is not theirs to change. */
export function actInWorld(world: LivedWorld, seed: number): DoneByClient {
  const chance = makeChance(seed)
  const some = (kinds: readonly Kind[], share: number): ReadonlySet<string> =>
    new Set(
      [...world]
        .filter(([, { kind, is }]) => kinds.includes(kind) && !is.get('theirs') && chance.is(share))
        .map(([id]) => id),
    )
  return {
    changed: some(withPassword, 0.4),
    signedOut: some(withPassword, 0.2),
    stepped: some(withPassword, 0.2),
    regained: some(withPassword, 0.2),
    replaced: some(['phone', 'tablet'], 0.2),
  }
}

function readsThere(world: LivedWorld, open: ReadonlySet<string>, id: string): boolean {
  const thing = world.get(id)
  if (!thing) return false
  if (thing.kind === 'phone' || thing.kind === 'tablet' || thing.kind === 'notebook') return true
  return thing.kind === 'number' ? !thing.is.get('theirs') : open.has(id)
}

/**
 * Whether the client gets the code that an account asks for where its codes came from the start, in life; so too where it asks for none.
 *
 * @param open the accounts that the client can open
 */
export function getsCode(world: LivedWorld, open: ReadonlySet<string>, id: string): boolean {
  const codes = world.get(id)?.ties.get('codes') ?? []
  return codes.length === 0 || codes.some(place => readsThere(world, open, place))
}

/**
 * Which accounts the client can open after what they have done, in life: a new password ends what was open, a new device has
 * nothing open, and a sign-in takes the code that is asked for. A code that comes to somebody else’s number is not
 * theirs. It too knows nothing of maps, rules or mechanisms.
 */
export function liveAsClient(world: LivedWorld, done: DoneByClient): ReadonlySet<string> {
  const open = new Set<string>()
  const gets = (id: string): boolean => readsThere(world, open, id)
  let before = -1
  while (before !== open.size) {
    before = open.size
    for (const [id, { kind, is, ties }] of world) {
      if (kind === 'messaging') open.add(id)
      if (!withPassword.includes(kind)) continue
      const codes = ties.get('codes') ?? []
      const hasCode = done.stepped.has(id) || getsCode(world, open, id)
      const knows = !is.get('theirs') || (ties.get('recovery') ?? []).some(gets)
      const wasIn =
        (ties.get('devices') ?? []).some(device => !done.replaced.has(device)) ||
        (done.regained.has(id) && codes.length > 0)
      const isStillIn = wasIn && !done.changed.has(id) && !done.signedOut.has(id)
      if ((knows && hasCode) || isStillIn) open.add(id)
    }
  }
  return open
}
