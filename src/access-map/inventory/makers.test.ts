import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { inventoryOf, thingOf } from '../../../test/support/story-inventory.ts'
import { findReach } from '../../access-engine/reach/reach.ts'
import type { ActFacts, NoticeTo } from '../mechanism/act-facts.ts'
import { type CatalogueEntry, parseCatalogueEntry } from './catalogue-entry.ts'
import { drawUpMap } from './draw-up-map.ts'
import type { BeliefAnswer, Thing } from './inventory.ts'
import { loadCatalogue } from './load-catalogue.ts'

type Acts = Readonly<Record<string, ActFacts>>
type Written = {
  readonly id: string
  readonly like?: readonly string[]
  readonly source?: string
  readonly mechanism: {
    readonly is: string
    readonly facts: { readonly paths?: readonly { readonly id: string }[]; readonly acts?: Acts }
  }
}

const { entries } = await loadCatalogue()
const folder = new URL('catalogue/', import.meta.url)
const written: readonly Written[] = await Promise.all(
  (await readdir(folder)).map(async name => JSON.parse(await readFile(new URL(name, folder), 'utf8'))),
)
/** Entries with facts about acts whose audience can be put on a small map. */
const makers = written.filter(
  ({ mechanism: { is, facts } }) =>
    ['account', 'device', 'number', 'group'].includes(is) && Object.keys(facts.acts ?? {}).length > 0,
)

type Said = Readonly<Record<string, BeliefAnswer | readonly string[]>>

/** A thing of which every answer is no but these: a belief, or the things it is tied to. */
function answer(entry: CatalogueEntry, number: number, said: Said): Thing {
  const answers = Object.fromEntries(
    entry.questions.map(({ id }) => {
      const given = said[id] ?? 'no'
      const statement =
        typeof given === 'string'
          ? { belief: given, things: [] }
          : { belief: 'yes' as const, things: [...given] }
      return [id, { seen: statement }]
    }),
  )
  return { ...thingOf(entry.id, number), answers }
}

function entryOf(id: string): CatalogueEntry {
  const entry = entries.get(id)
  if (!entry) throw new Error(`no entry ${id}`)
  return entry
}

/** The entry as it would be with no other facts than these. */
function bend(maker: Written, acts: Acts): CatalogueEntry {
  const { mechanism } = maker
  const read = parseCatalogueEntry(maker.id, {
    ...maker,
    mechanism: { ...mechanism, facts: { ...mechanism.facts, acts } },
  })
  if (!read.ok) throw new Error(JSON.stringify(read.findings))
  return read.entry
}

/** A phone of the client's that the suspected person picks up and unlocks, one that nobody else touches, and what stands behind. */
const taken = answer(entryOf('phone'), 2, { hands: 'yes', passcode: 'yes' })
const clean = answer(entryOf('phone'), 3, {})
const theirMailbox = answer(entryOf('mailbox'), 4, { 'signed-in': 'yes' })
const theirNumber = answer(entryOf('number'), 5, { holder: 'yes' })

/** Who has to have what for the suspected person to be among these. Null: they always are. */
function reach(is: string, to: NoticeTo, isSignIn: boolean): Said | null {
  const open = isSignIn ? ['t2'] : ['t2', 't3']
  const unopened: Said = isSignIn ? {} : { devices: ['t3'] }
  const table: Readonly<Record<string, Partial<Record<NoticeTo, Said>>>> = {
    account: { inside: { devices: open }, recovery: { ...unopened, recovery: ['t4', 't5'] } },
    device: { owner: { watched: 'yes' }, inside: { hands: 'yes', passcode: 'yes' } },
    number: { inside: { sim: ['t2'] }, owner: { holder: 'yes' } },
    group: { members: { in: 'yes' }, owner: { runs: 'yes' }, inside: { in: 'yes' } },
  }
  return table[is]?.[to] ?? null
}

function isNoticed(entry: CatalogueEntry, said: Said, verb: string): boolean {
  const things = [answer(entry, 1, said), taken, clean, theirMailbox, theirNumber]
  const catalogue = new Map([...entries, [entry.id, entry]])
  const step = drawUpMap(inventoryOf(things), catalogue).map.steps.find(({ id }) => id === `${verb}:t1`)
  if (!step) throw new Error(`${entry.id} has no step ${verb}`)
  return step.alerts
}

/** Acts that end the very means by which these would be told: they see that it has stopped. */
const ended = ['change-recovery recovery', 'own-contract owner', 'clean-it owner', 'stop-sharing members']

test('S9 what an act is known to send makes it noticed where the suspected person is among those who are told, and nowhere else', () => {
  let tried = 0
  for (const maker of makers) {
    const { is, facts } = maker.mechanism
    for (const [act, known] of Object.entries(facts.acts ?? {})) {
      const isSignIn = act === 'sign-in'
      const verb = isSignIn || act === 'look' ? 'photograph-settings' : act
      // A sign-in is tried by a step that is itself told to nobody, where no device of the client's is fit.
      const quiet: Acts = isSignIn ? { look: { tells: [], sources: known.sources } } : {}
      const withTells = (tells: ActFacts['tells']) => bend(maker, { ...quiet, [act]: { ...known, tells } })
      const nobody: Said = isSignIn || is !== 'account' ? {} : { devices: ['t3'] }
      const place = `${maker.id} ${act}`
      expect([place, isNoticed(withTells([]), nobody, verb)]).toEqual([place, false])
      for (const tell of known.tells ?? []) {
        tried++
        const said = reach(is, tell.to, isSignIn)
        const at = `${place} ${tell.to}`
        expect([at, isNoticed(withTells([tell]), said ?? nobody, verb)]).toEqual([at, true])
        expect([at, isNoticed(withTells([tell]), nobody, verb)]).toEqual([at, said === null])
        if (said !== null && !ended.includes(`${act} ${tell.to}`))
          expect([at, isNoticed(withTells([]), said, verb)]).toEqual([at, false])
      }
    }
  }
  expect(tried).toBeGreaterThan(30)
})

/** What a kind asks of paths of its own, which a maker may have or not. */
const ofPaths = (kind: string): readonly string[] =>
  (written.find(({ id }) => id === kind)?.mechanism.facts.paths ?? []).map(({ id }) => id)

test('an entry that is like a kind asks everything that the kind asks', () => {
  for (const entry of entries.values())
    for (const kind of entry.like) {
      const asked = entry.questions.map(({ id }) => id)
      expect(asked, entry.id).toEqual(
        expect.arrayContaining(
          entryOf(kind)
            .questions.map(({ id }) => id)
            .filter(id => !ofPaths(kind).includes(id)),
        ),
      )
    }
})

test('every fact has a source with the day on which it was read, and “general knowledge” is none', () => {
  for (const entry of written)
    expect([entry.id, /general knowledge/i.test(JSON.stringify(entry))]).toEqual([entry.id, false])
  for (const { id, mechanism } of makers)
    for (const { sources } of Object.values(mechanism.facts.acts ?? {}))
      for (const source of sources) expect([id, source.readOn]).toEqual([id, '2026-11-29'])
})

/** What the suspected person reaches of a thing of this kind, before anything and with steps taken. */
function findOpen(id: string, said: Said, steps: readonly string[] = [], beside: readonly Thing[] = []) {
  const things = [answer(entryOf(id), 1, said), taken, clean, theirMailbox, theirNumber, ...beside]
  const { map } = drawUpMap(inventoryOf(things), entries)
  return new Set(findReach(map, 'possible', { taken: steps }).map(({ node }) => node))
}

test('what was read of the menus stands on the card of the step', () => {
  let stood = 0
  for (const { id, mechanism } of makers)
    for (const [act, { where }] of Object.entries(mechanism.facts.acts ?? {})) {
      if (where === undefined) continue
      stood++
      const step = entryOf(id).steps.find(
        each => each.id === `${act === 'look' ? 'photograph-settings' : act}:{}`,
      )
      expect([id, act, step?.where]).toEqual([id, act, where])
      expect([id, act, step?.readIn]).toEqual([id, act, expect.stringContaining('read on 29 November 2026')])
    }
  expect(stood).toBeGreaterThan(10)
  const ofPath = entryOf('microsoft-account').steps.find(each => each.id === 'stop-forwarding:{}')
  expect(ofPath?.where).toContain('Inbox and sweep rules')
})

test('an old address or number counts until it was seen that it no longer does, wherever a source says that it lingers', () => {
  for (const id of ['google-account', 'microsoft-account', 'instagram']) {
    const said: Said = { devices: ['t3'], recovery: ['t4'] }
    expect([id, findOpen(id, said, ['change-recovery:t1']).has('t1')]).toEqual([id, true])
    expect([id, findOpen(id, said, ['change-recovery:t1', 'see-recovery:t1']).has('t1')]).toEqual([id, false])
  }
})

test('what is signed in counts until it was seen to be out, with each maker of which it was read', () => {
  for (const { id, mechanism } of makers) {
    if (mechanism.facts.acts?.['sign-out-others'] === undefined) continue
    const said: Said = { devices: ['t3'], 'signed-in': 'yes' }
    expect([id, findOpen(id, said, ['sign-out-others:t1']).has('t1')]).toEqual([id, true])
    expect([id, findOpen(id, said, ['sign-out-others:t1', 'see-signed-out:t1']).has('t1')]).toEqual([
      id,
      false,
    ])
  }
})

test('the place of an Apple account is shown for the password alone, second step or not', () => {
  const said: Said = { devices: ['t3'], password: 'yes', codes: ['t3'] }
  for (const steps of [[], ['two-step:t1']]) {
    const open = findOpen('apple-account', said, steps)
    expect([open.has('t1'), open.has('t1.glimpse')]).toEqual([false, true])
  }
  expect(findOpen('apple-account', said, ['change-password:t1']).has('t1.glimpse')).toBe(false)
  const { map } = drawUpMap(inventoryOf([answer(entryOf('apple-account'), 1, said)]), entries)
  expect(findReach(map, 'possible').map(({ node }) => node)).toContain('info:location')
})

test('a password that is kept where a group shares it is read again after it was changed', () => {
  const apple = (shares: BeliefAnswer) => [
    answer(entryOf('apple-account'), 6, { devices: ['t3'], 'shared-passwords': shares }),
  ]
  const shared = findOpen('apple-account', { devices: ['t3'], 'shared-passwords': 'yes' })
  expect([shared.has('t1.passwords'), shared.has('t1.content')]).toEqual([true, false])
  const said: Said = { devices: ['t3'], alone: 'yes', kept: ['t6'] }
  const steps = ['change-password:t1']
  expect(findOpen('other-account', said, steps, apple('no')).has('t1')).toBe(false)
  expect(findOpen('other-account', said, steps, apple('yes')).has('t1')).toBe(true)
  expect(findOpen('other-account', said, [...steps, 'keep-apart:t1'], apple('yes')).has('t1')).toBe(false)
  const unshared = ['unshare-passwords:t6', 'see-unshare-passwords:t6', ...steps]
  expect(findOpen('other-account', said, unshared, apple('yes')).has('t1')).toBe(false)
})

test('S9 a change with a network that sends letters and mails is never unnoticed', () => {
  for (const id of ['vodafone', 'o2', 'ee'])
    for (const verb of ['network-pin', 'own-contract'])
      expect([id, isNoticed(entryOf(id), {}, verb)]).toEqual([id, true])
})

test('S9 a sign-in with Apple is noticed while a device of theirs is on the list, and unnoticed from a device that is signed in already', () => {
  const signedIn: Said = { 'signed-in': 'yes' }
  expect(isNoticed(entryOf('apple-account'), signedIn, 'keep-apart')).toBe(true)
  expect(isNoticed(entryOf('apple-account'), { ...signedIn, devices: ['t3'] }, 'keep-apart')).toBe(false)
})
