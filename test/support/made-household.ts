import type { AccessMap, Belief, MapNode, MapRule, MapStep } from '../../src/access-engine/reach/map.ts'
import { readMapValue } from '../../src/access-engine/reach/read-map.ts'
import { type Chance, makeChance } from './chance.ts'

type Draft = {
  nodes: MapNode[]
  rules: (Partial<MapRule> & { to: string; from: string[] })[]
  suspect: { node: string; belief: Belief }[]
  client: string[]
  steps: (Partial<MapStep> & { id: string })[]
  evidence: { id: string; weight: number; preservedBy: string[] }[]
  keep: string[]
}

const infos = ['location', 'messages', 'plans', 'photos', 'calls', 'home', 'money', 'browsing']

/**
 * A made-up household of about so many nodes: phones and computers, a mailbox, accounts with passwords, sessions and
 * recovery, a family group, a car, cameras and people, with the steps that close each. The same seed, the same household.
 */
export function makeHousehold(seed: number, size: number): AccessMap {
  const chance = makeChance(seed * 7919 + size)
  const draft: Draft = { nodes: [], rules: [], suspect: [], client: [], steps: [], evidence: [], keep: [] }
  for (const info of infos) node(draft, `info:${info}`, 'info')
  node(draft, 'place:home', 'place')
  node(draft, 'place:notebook', 'place')
  draft.rules.push({
    to: 'place:notebook',
    from: ['place:home'],
    how: 'looks into the notebook',
    unless: ['hide-notebook'],
  })
  step(draft, 'hide-notebook', 1)
  if (chance.is(0.6)) draft.suspect.push({ node: 'place:home', belief: chance.pick(['known', 'suspected']) })
  draft.client.push('place:home')
  addPhone(draft, chance, 'phone')
  addAccount(draft, chance, 'mail', 'phone', null)
  draft.keep.push('account:mail')
  const devices = ['phone']
  for (let index = 0; draft.nodes.length < size; index += 1) {
    const kind = chance.real()
    if (kind < 0.1) {
      const id = `device-${index}`
      addPhone(draft, chance, id)
      devices.push(id)
    } else if (kind < 0.18) addThing(draft, chance, `car-${index}`, ['location', 'plans'])
    else if (kind < 0.26) addThing(draft, chance, `camera-${index}`, ['home', 'photos'])
    else if (kind < 0.32) addPerson(draft, chance, `person-${index}`)
    else if (kind < 0.4) addGroup(draft, chance, `group-${index}`)
    else addAccount(draft, chance, `account-${index}`, chance.pick(devices), 'mail')
  }
  const read = readMapValue({
    version: 1,
    nodes: draft.nodes,
    rules: draft.rules,
    holds: { suspect: draft.suspect, client: draft.client },
    steps: draft.steps,
    protect: infos.map(info => `info:${info}`),
    keep: draft.keep,
    evidence: draft.evidence,
    sharedCosts: [
      { id: 'they-are-alerted', cost: 10, any: draft.steps.filter(each => each.alerts).map(each => each.id) },
    ],
    weights: { effort: 1, money: 1, disruption: 2, risk: 3 },
  })
  if (!read.ok) throw new Error(JSON.stringify(read.findings.slice(0, 5)))
  return read.map
}

function node(draft: Draft, id: string, kind: string): void {
  draft.nodes.push({ id, kind, label: id.replace(/[:.-]/g, ' ') })
}

function step(draft: Draft, id: string, effort: number, more: Partial<MapStep> = {}): void {
  draft.steps.push({
    id,
    label: id.replace(/[:-]/g, ' '),
    alerts: false,
    ...more,
    cost: { effort, money: 0, disruption: 0, risk: 0, ...more.cost },
  })
}

function addPhone(draft: Draft, chance: Chance, id: string): void {
  node(draft, `device:${id}.in-hand`, 'device')
  node(draft, `device:${id}.open`, 'device')
  node(draft, `secret:${id}.passcode`, 'secret')
  node(draft, `secret:${id}.new-passcode`, 'secret')
  node(draft, `device:${id}.stalkerware`, 'device')
  node(draft, `device:${id}.watched`, 'device')
  draft.client.push(`device:${id}.in-hand`, `secret:${id}.passcode`)
  draft.keep.push(`device:${id}.open`)
  const hand = `device:${id}.in-hand`
  draft.rules.push(
    {
      to: hand,
      from: ['place:home'],
      how: 'picks it up at home',
      who: 'suspect',
      unless: [`keep-with-client:${id}`],
    },
    {
      to: `device:${id}.open`,
      from: [hand, `secret:${id}.passcode`],
      how: 'unlocks it',
      unless: [`new-passcode:${id}`],
    },
    {
      to: `device:${id}.open`,
      from: [hand, `secret:${id}.new-passcode`],
      how: 'unlocks it',
      if: [`new-passcode:${id}`],
    },
    {
      to: `secret:${id}.new-passcode`,
      from: [hand],
      how: 'chose it themselves',
      who: 'client',
      if: [`new-passcode:${id}`],
    },
    {
      to: `device:${id}.watched`,
      from: [`device:${id}.stalkerware`],
      how: 'has it send home',
      unless: [`clean:${id}`],
    },
    {
      to: `secret:${id}.new-passcode`,
      from: [`device:${id}.watched`],
      how: 'sees it typed',
      if: [`new-passcode:${id}`],
    },
    { to: `device:${id}.open`, from: [`device:${id}.watched`], how: 'watches its screen', who: 'suspect' },
    { to: 'info:location', from: [`device:${id}.open`], how: 'looks where it is' },
    { to: 'info:messages', from: [`device:${id}.open`], how: 'reads the messages' },
  )
  if (chance.is(0.3))
    draft.suspect.push({
      node: `secret:${id}.passcode`,
      belief: chance.pick(['known', 'suspected', 'possible']),
    })
  if (chance.is(0.25))
    draft.suspect.push({ node: `device:${id}.stalkerware`, belief: chance.pick(['suspected', 'possible']) })
  draft.evidence.push({ id: `evidence:${id}`, weight: 25, preservedBy: [`image:${id}`] })
  step(draft, `image:${id}`, 4)
  step(draft, `keep-with-client:${id}`, 2, { alerts: false })
  step(draft, `new-passcode:${id}`, 1, { needs: [`device:${id}.open`], exposes: [`device:${id}.watched`] })
  step(draft, `clean:${id}`, 6, {
    alerts: true,
    destroys: [`evidence:${id}`],
    after: [`image:${id}`],
    cost: { effort: 6, money: 0, disruption: 2, risk: 1 },
  })
}

function addAccount(draft: Draft, chance: Chance, id: string, device: string, mail: string | null): void {
  const open = `account:${id}`
  node(draft, open, 'account')
  node(draft, `secret:${id}.password`, 'secret')
  node(draft, `secret:${id}.new-password`, 'secret')
  node(draft, `session:${id}`, 'session')
  draft.client.push(`secret:${id}.password`)
  const changed = `change-password:${id}`
  draft.rules.push(
    { to: open, from: [`secret:${id}.password`], how: 'signs in with the password', unless: [changed] },
    { to: open, from: [`secret:${id}.new-password`], how: 'signs in with the new password', if: [changed] },
    {
      to: `secret:${id}.new-password`,
      from: [`device:${device}.open`],
      how: 'has it in the keychain',
      if: [changed],
    },
    {
      to: open,
      from: [`session:${id}`],
      how: 'is still signed in',
      who: 'suspect',
      unless: [`sign-out-others:${id}`],
    },
    { to: open, from: [`device:${device}.open`], how: 'opens it there, signed in' },
    {
      to: `info:${chance.pick(infos)}`,
      from: [open],
      how: 'reads it there',
      ...(chance.is(0.3) ? { belief: 'suspected' as const } : {}),
    },
  )
  if (chance.is(0.4))
    draft.rules.push({
      to: `info:${chance.pick(infos)}`,
      from: [open],
      how: 'sees it there',
      unless: [`stop-sharing:${id}`],
    })
  if (chance.is(0.25))
    draft.rules.push({
      to: `secret:${id}.password`,
      from: ['place:notebook'],
      how: 'reads it in the notebook',
    })
  if (mail !== null) {
    draft.rules.push({
      to: open,
      from: [`account:${mail}`],
      how: 'has a link sent to the mailbox',
      unless: [`second-step:${id}`],
      belief: chance.pick(['known', 'possible']),
    })
    step(draft, `second-step:${id}`, 3, { needs: [open] })
  }
  if (chance.is(0.25))
    draft.suspect.push({
      node: `secret:${id}.password`,
      belief: chance.pick(['known', 'suspected', 'possible']),
    })
  if (chance.is(0.15))
    draft.suspect.push({ node: `session:${id}`, belief: chance.pick(['known', 'possible']) })
  if (chance.is(0.2)) draft.keep.push(open)
  step(draft, changed, 2, {
    needs: [open],
    exposes: [`device:${device}.watched`],
    cost: { effort: 2, money: 0, disruption: chance.below(2), risk: 0 },
  })
  step(draft, `sign-out-others:${id}`, 1, {
    needs: [open],
    alerts: true,
    ...(chance.is(0.5)
      ? {
          requires: [
            [changed, `second-step:${mail === null ? 'none' : id}`].filter(each => !each.endsWith(':none')),
          ],
        }
      : {}),
  })
  step(draft, `stop-sharing:${id}`, 2, { needs: [open], alerts: chance.is(0.5) })
}

function addThing(draft: Draft, chance: Chance, id: string, given: readonly string[]): void {
  node(draft, `account:${id}`, 'account')
  node(draft, `secret:${id}.password`, 'secret')
  node(draft, `owner:${id}`, 'legal')
  draft.client.push(`secret:${id}.password`)
  draft.rules.push(
    {
      to: `account:${id}`,
      from: [`secret:${id}.password`],
      how: 'signs in to its app',
      unless: [`reset:${id}`],
    },
    {
      to: `account:${id}`,
      from: [`owner:${id}`],
      how: 'has the dealer restore it',
      who: 'suspect',
      unless: [`change-owner:${id}`],
      belief: 'possible',
    },
    { to: `account:${id}`, from: [`device:phone.open`], how: 'opens its app on the phone' },
  )
  for (const info of given)
    draft.rules.push({ to: `info:${info}`, from: [`account:${id}`], how: 'sees it in its app' })
  if (chance.is(0.4)) draft.suspect.push({ node: `secret:${id}.password`, belief: 'known' })
  if (chance.is(0.2)) draft.suspect.push({ node: `owner:${id}`, belief: 'known' })
  draft.evidence.push({ id: `evidence:${id}`, weight: 20, preservedBy: [`ask-log:${id}`] })
  step(draft, `ask-log:${id}`, 3)
  step(draft, `reset:${id}`, 3, { alerts: true, destroys: [`evidence:${id}`], after: [`ask-log:${id}`] })
  step(draft, `change-owner:${id}`, 8, {
    alerts: true,
    cost: { effort: 8, money: 5, disruption: 1, risk: 2 },
  })
}

function addPerson(draft: Draft, chance: Chance, id: string): void {
  node(draft, `person:${id}`, 'person')
  draft.rules.push({
    to: `info:${chance.pick(infos)}`,
    from: [`person:${id}`],
    how: 'hears it from them',
    unless: [`tell-less:${id}`],
  })
  if (chance.is(0.3))
    draft.suspect.push({ node: `person:${id}`, belief: chance.pick(['suspected', 'possible']) })
  step(draft, `tell-less:${id}`, 2 + chance.below(3))
}

function addGroup(draft: Draft, chance: Chance, id: string): void {
  node(draft, `group:${id}`, 'group')
  draft.rules.push(
    {
      to: `info:${chance.pick(infos)}`,
      from: [`group:${id}`],
      how: 'sees what the group shares',
      unless: [`leave:${id}`],
    },
    {
      to: `info:${chance.pick(infos)}`,
      from: [`group:${id}`],
      how: 'sees what the group shares',
      unless: [`leave:${id}`, `hide-from:${id}`],
    },
  )
  if (chance.is(0.4)) draft.suspect.push({ node: `group:${id}`, belief: 'known' })
  step(draft, `leave:${id}`, 3, { alerts: true })
  step(draft, `hide-from:${id}`, 2)
}
