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

/** A household as it really is: a part of the kinds, with few things open to the suspected person and many ties. */
export function liveWorld(seed: number, entries: Entries): LivedWorld {
  const chance = makeChance(seed)
  const there = kinds.filter(() => chance.is(0.75)).map((kind, index) => ({ id: `t${index + 1}`, kind }))
  return new Map(
    there.map(({ id, kind }) => {
      const questions = entries.get(kind)?.questions ?? []
      const is = new Map<string, boolean>()
      const ties = new Map<string, readonly string[]>()
      for (const question of questions) {
        if (question.kind === 'belief')
          is.set(question.id, chance.is(halves.includes(question.id) ? 0.3 : 0.1))
        else {
          const others = there.filter(each => each.id !== id && question.of.includes(each.kind))
          ties.set(question.id, chance.is(0.6) ? chance.some(others, 2).map(each => each.id) : [])
        }
      }
      return [id, { kind, is, ties }]
    }),
  )
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

/** What the suspected person can do with each thing of a household: read what is in it, and use it as its owner would. */
export type Reached = { readonly reads: ReadonlySet<string>; readonly has: ReadonlySet<string> }

/**
 * Lives it through, hour by hour, until nothing new is open to the suspected person. It knows nothing of maps, rules or
 * mechanisms: it is the second opinion on them, written from how these things work.
 */
export function liveThrough(world: LivedWorld): Reached {
  const can = {
    read: new Set<string>(),
    have: new Set<string>(),
    watch: new Set<string>(),
    hold: new Set<string>(),
  }
  const know = new Set<string>()
  const readPasswords = new Set<string>()
  const isDevice = (kind: Kind): boolean => kind === 'phone' || kind === 'tablet'
  const isKept = (kind: Kind): boolean => kind === 'password-manager' || kind === 'apple-account'
  let before = -1
  const count = (): number =>
    can.read.size + can.have.size + can.watch.size + can.hold.size + know.size + readPasswords.size
  while (before !== count()) {
    before = count()
    for (const [id, { kind, is, ties }] of world) {
      const so = (question: string): boolean => is.get(question) ?? false
      const some = (question: string, has: ReadonlySet<string>): boolean =>
        (ties.get(question) ?? []).some(other => has.has(other))
      if (isDevice(kind)) {
        if (so('hands')) can.hold.add(id)
        if (so('watched') || some('managed', can.have)) can.watch.add(id)
        if (so('passcode') || can.watch.has(id)) know.add(id)
        if (can.hold.has(id) && know.has(id)) can.have.add(id)
        if (can.have.has(id) || can.watch.has(id)) {
          can.read.add(id)
          readPasswords.add(id)
        }
      } else if (kind === 'number') {
        if (so('theirs') || so('holder') || so('pin') || so('diverted')) can.have.add(id)
        if (some('forwarded', can.read) || some('sim', can.read) || some('sim', can.hold)) can.have.add(id)
        if (can.have.has(id)) can.read.add(id)
      } else if (kind === 'notebook') {
        if (so('reads')) {
          can.have.add(id)
          readPasswords.add(id)
        }
      } else if (kind === 'cameras') {
        if (so('owner') || so('shared') || so('login') || some('account', can.read)) can.have.add(id)
        if (some('devices', can.have) || some('devices', can.watch)) can.have.add(id)
      } else if (kind === 'family-group' || kind === 'managed-device') {
        if (so('in') || so('runs') || some('account', can.read)) can.have.add(id)
      } else {
        const hasPassword = kind !== 'messaging'
        if (hasPassword && (so('password') || some('devices', can.watch) || some('kept', readPasswords)))
          know.add(id)
        if (know.has(id) && (so('alone') || some('codes', can.read))) can.have.add(id)
        if (so('theirs') || so('signed-in') || some('recovery', can.read) || some('devices', can.have))
          can.have.add(id)
        if (shows.includes(kind) && some('devices', can.hold)) can.read.add(id)
        if (can.have.has(id) || so('forwarded') || so('mail-copies') || some('devices', can.watch))
          can.read.add(id)
        if (isKept(kind) && (can.read.has(id) || so('shared-passwords'))) readPasswords.add(id)
      }
    }
  }
  return { reads: can.read, has: can.have }
}
