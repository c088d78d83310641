import { expect, test } from 'vitest'
import {
  actInWorld,
  type DoneByClient,
  type LivedWorld,
  liveAsClient,
  liveThrough,
  liveWorld,
  tellOf,
} from '../../../test/support/lived-world.ts'
import { findReach } from '../../access-engine/reach/reach.ts'
import type { CatalogueEntry } from './catalogue-entry.ts'
import { drawUpMap } from './draw-up-map.ts'
import { loadCatalogue } from './load-catalogue.ts'

const { entries } = await loadCatalogue()

type Part = '' | '.content' | '.second-step'

/** What the map says is reached that is not in life, and what is in life and the map does not say. */
function compare(
  world: LivedWorld,
  untold: number,
  seed: number,
  catalogue = entries,
  newCodes: ReadonlySet<string> = new Set(),
) {
  const { map } = drawUpMap(tellOf(world, untold, seed), catalogue)
  const taken = [...newCodes].map(id => `change-passcode:${id}`)
  const drawn = new Set(findReach(map, 'possible', { taken }).map(each => each.node))
  const lived = liveThrough(world, newCodes)
  const said = (id: string, part: Part) => drawn.has(`${id}${part}`)
  const inLife = { '': lived.has, '.content': lived.reads, '.second-step': lived.codes }
  const missed: string[] = []
  const tooMuch: string[] = []
  for (const [id, { kind }] of world) {
    for (const part of ['.content', '', '.second-step'] as const) {
      if (!map.nodes.some(each => each.id === `${id}${part}`)) continue
      const isSo = inLife[part].has(id)
      if (isSo && !said(id, part)) missed.push(`${kind} ${part}`)
      if (!isSo && said(id, part)) tooMuch.push(`${kind} ${part}`)
    }
  }
  return { missed, tooMuch }
}

test('S1 in a household about which everything was told, the map shows what the suspected person reads and has: no less and no more', () => {
  let open = 0
  let shut = 0
  for (let seed = 1; seed <= 300; seed += 1) {
    const world = liveWorld(seed, entries)
    expect([seed, compare(world, 0, seed)]).toEqual([seed, { missed: [], tooMuch: [] }])
    const { has, reads } = liveThrough(world)
    open += reads.size + has.size
    shut += world.size - has.size
  }
  // Worlds in which everything or nothing is open would show nothing.
  expect(Math.min(open, shut)).toBeGreaterThan(400)
})

test('S1 whatever nobody was told, the map never shows less than what is so', () => {
  for (let seed = 1; seed <= 120; seed += 1)
    for (const untold of [0.1, 0.4, 0.8])
      expect([seed, compare(liveWorld(seed, entries), untold, seed).missed]).toEqual([seed, []])
})

const devicesOf = (world: LivedWorld): ReadonlySet<string> =>
  new Set([...world].filter(([, { kind }]) => kind === 'phone' || kind === 'tablet').map(([id]) => id))

test('S1 after a new code on every device the map shows what is still open in life: what goes to and fro, what was known and what was linked', () => {
  let still = 0
  let ended = 0
  for (let seed = 1; seed <= 300; seed += 1) {
    const world = liveWorld(seed, entries)
    const newCodes = devicesOf(world)
    expect([seed, compare(world, 0, seed, entries, newCodes)]).toEqual([seed, { missed: [], tooMuch: [] }])
    const [now, then] = [liveThrough(world), liveThrough(world, newCodes)]
    still += [...newCodes].filter(id => then.has.has(id)).length
    ended += [...newCodes].filter(id => now.has.has(id) && !then.has.has(id)).length
  }
  expect(Math.min(still, ended)).toBeGreaterThan(20)
  for (let seed = 1; seed <= 60; seed += 1)
    for (const untold of [0.1, 0.4, 0.8]) {
      const world = liveWorld(seed, entries)
      expect([seed, compare(world, untold, seed, entries, devicesOf(world)).missed]).toEqual([seed, []])
    }
})

test('S1 were a new code to close a device that goes to and fro, or what was linked from one, some household would be shown as safer than it is', () => {
  const worlds = Array.from({ length: 400 }, (_, index) => liveWorld(index + 1, entries))
  const isMissed = (id: string, bend: (rule: Rule) => readonly Rule[]): boolean => {
    const entry = entries.get(id)
    if (!entry) throw new Error(id)
    const rules = entry.rules.flatMap(bend)
    expect(rules).not.toEqual(entry.rules)
    const bent = new Map(entries).set(id, { ...entry, rules })
    return worlds.some(world => compare(world, 0, 0, bent, devicesOf(world)).missed.length > 0)
  }
  const closes = (rule: Rule): readonly Rule[] =>
    rule.from.includes('{}.over-there') ? [{ ...rule, unless: ['change-passcode:{}'] }] : [rule]
  expect(isMissed('tablet', closes)).toBe(true)
  expect(isMissed('messaging', rule => (rule.from.includes('{}.link') ? [] : [rule]))).toBe(true)
  expect(isMissed('messaging', rule => (rule.to === '{}.link' ? [] : [rule]))).toBe(true)
}, 120_000)

/**
 * Rules that say the same of today and part only when a step is taken: a log-in and the session that it opened; what is
 * seen on a device and the log-in that was typed there; a link and the device from which it was made; all that comes of
 * being at the other home. They are taken out together.
 */
const twins: readonly (readonly string[])[] = [
  ['{} <- {}.login', '{} <- {}.session'],
  ['{} <- {other}.reports', '{}.login <- {other}.reports'],
  ['{} <- {other}', '{}.link <- {other}', '{} <- {}.link'],
  ['{} <- {}.over-there', '{}.in-hand <- {}.over-there', '{}.reports <- {}.over-there'],
]
type Rule = CatalogueEntry['rules'][number]
const nameOf = (rule: Rule): string => `${rule.to} <- ${rule.from.join(' + ')}`

/** Each rule of a kind of thing that says something of today, alone or with its twin. */
const rulesOfToday = (entry: CatalogueEntry): readonly (readonly Rule[])[] => {
  // What begins only with a step, what is the client's, and what a thing merely shows to followers is not lived here.
  const left = entry.rules.filter(
    rule =>
      rule.if.length === 0 &&
      rule.who !== 'client' &&
      !/\.(read|used|bill|glimpse|shown|open|kept|run|around|codes)$|^info:/.test(rule.to) &&
      !rule.from.some(node => node === '{}.new-link' || node === '{}.new-code-copy'),
  )
  const has = new Set(left.map(nameOf))
  const pairs = twins.filter(names => names.every(name => has.has(name)))
  const paired = pairs.map(names => left.filter(rule => names.includes(nameOf(rule))))
  return [...paired, ...left.filter(rule => !paired.flat().includes(rule)).map(rule => [rule])]
}

test('S1 with any one rule of a mechanism taken out, some household is shown as safer than it is', () => {
  const worlds = Array.from({ length: 1000 }, (_, index) => liveWorld(index + 1, entries))
  const silent: string[] = []
  let tried = 0
  for (const id of [
    'phone',
    'tablet',
    'mailbox',
    'number',
    'messaging',
    'apple-account',
    'notebook',
    'cameras',
    'family-group',
  ]) {
    const entry = entries.get(id)
    if (!entry) throw new Error(id)
    for (const gone of rulesOfToday(entry)) {
      tried += 1
      const bent = new Map(entries).set(id, {
        ...entry,
        rules: entry.rules.filter(each => !gone.includes(each)),
      })
      // A copy is seen on its own only once the device on which it was made has a new code.
      const isMissed = (newCodes: (world: LivedWorld) => ReadonlySet<string>): boolean =>
        worlds.some(world => compare(world, 0, 0, bent, newCodes(world)).missed.length > 0)
      if (!isMissed(() => new Set()) && !isMissed(devicesOf))
        silent.push(`${id}: ${gone.map(nameOf).join(', ')}`)
    }
  }
  expect(silent).toEqual([])
  expect(tried).toBeGreaterThan(40)
}, 240_000)

const accounts: readonly string[] = [
  'mailbox',
  'social-account',
  'password-manager',
  'apple-account',
  'messaging',
]
/** The same as steps of the map. */
const stepsOf = (world: LivedWorld, done: DoneByClient): readonly string[] => [
  ...[...done.changed].map(id => `change-password:${id}`),
  ...[...done.signedOut].map(id => `sign-out-others:${id}`),
  ...[...done.stepped].map(id => `two-step:${id}`),
  ...[...done.regained].flatMap(id =>
    (world.get(id)?.ties.get('codes') ?? []).map(place => `regain:${id}.${place}`),
  ),
  ...[...done.replaced].map(id => `replace-it:${id}`),
]

/** Accounts that the map says for certain the client still opens and in life they do not, and the other way round. */
function compareClient(world: LivedWorld, untold: number, seed: number, catalogue = entries) {
  const done = actInWorld(world, seed)
  const { map } = drawUpMap(tellOf(world, untold, seed), catalogue)
  const said = new Set(
    findReach(map, 'known', { agent: 'client', taken: stepsOf(world, done) }).map(each => each.node),
  )
  const open = liveAsClient(world, done)
  const all = [...world].filter(([, { kind }]) => accounts.includes(kind)).map(([id]) => id)
  return {
    promised: all.filter(id => said.has(id) && !open.has(id)),
    denied: all.filter(id => !said.has(id) && open.has(id)),
  }
}

test('S9 after a new password, a new device or another second step the map keeps for the client what they can open in life: no more and no less', () => {
  let shut = 0
  let open = 0
  for (let seed = 1; seed <= 300; seed += 1) {
    const world = liveWorld(seed, entries, 0.5)
    expect([seed, compareClient(world, 0, seed)]).toEqual([seed, { promised: [], denied: [] }])
    const opened = liveAsClient(world, actInWorld(world, seed))
    open += opened.size
    for (const [id, { kind }] of world) if (accounts.includes(kind) && !opened.has(id)) shut += 1
  }
  // Clients who lose nothing, or everything, would show nothing.
  expect(Math.min(open, shut)).toBeGreaterThan(60)
})

test('S9 whatever nobody was told, the map never says for certain that the client keeps what they lose', () => {
  for (let seed = 1; seed <= 120; seed += 1)
    for (const untold of [0.1, 0.4, 0.8])
      expect([seed, compareClient(liveWorld(seed, entries, 0.5), untold, seed).promised]).toEqual([seed, []])
})

test('S9 with any one condition of the client’s own sign-in taken out, some household is promised what it would lose', () => {
  const worlds = Array.from({ length: 1200 }, (_, index) => liveWorld(index + 1, entries, 0.5))
  const silent: string[] = []
  let tried = 0
  const mailbox = entries.get('mailbox')
  if (!mailbox) throw new Error('mailbox')
  const bend = (index: number, rule: Rule, words: string): void => {
    tried += 1
    const rules = mailbox.rules.map((each, at) => (at === index ? rule : each))
    const bent = new Map(entries).set('mailbox', { ...mailbox, rules })
    if (!worlds.some((world, at) => compareClient(world, 0, at + 1, bent).promised.length > 0))
      silent.push(words)
  }
  for (const [index, rule] of mailbox.rules.entries()) {
    if (rule.who === 'suspect' || rule.to !== '{}') continue
    const { from, unless } = rule
    if (from.includes('{}.second-step'))
      bend(index, { ...rule, from: from.filter(each => each !== '{}.second-step') }, `${nameOf(rule)}, code`)
    for (const each of unless.filter(step => /^(change-password|sign-out-others|replace-it)/.test(step)))
      if (!from.includes('{}.password'))
        bend(index, { ...rule, unless: unless.filter(step => step !== each) }, `${nameOf(rule)}, ${each}`)
  }
  expect(silent).toEqual([])
  expect(tried).toBeGreaterThan(4)
}, 240_000)
