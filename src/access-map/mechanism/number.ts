import { z } from 'zod'
import { actFactsSchema, endWith, findTells, type NoticePlaces, readOf, sayNotices } from './act-facts.ts'
import { learntSchema } from './entry-words.ts'
import type { Parts, RulePart, StepPart } from './part.ts'
import { onlyIfHers, writeWhose } from './whose.ts'
import {
  beginParts,
  makePhotographs,
  makeRule,
  makeStep,
  type PartsInHand,
  splitControl,
} from './write-parts.ts'

export const numberActs = [
  'look',
  'own-contract',
  'network-pin',
  'end-divert',
  'change-bills',
  'sim-pin',
] as const

/** The facts of a number and its contract. */
export const numberFactsSchema = z.strictObject({
  reveals: learntSchema,
  bill: learntSchema,
  acts: z.partialRecord(z.enum(numberActs), actFactsSchema).default({}),
})
export type NumberFacts = z.output<typeof numberFactsSchema>

const places: NoticePlaces = {
  inside: [{ node: '{}' }],
  recovery: [{ node: '{}' }],
  owner: [{ node: '{}.contract' }, { node: '{}.bill' }],
  members: [{ node: '{}.contract' }],
  nearby: [{ node: '{other}.in-hand', each: 'sim' }],
  contacts: [{ node: 'person:suspect' }],
  suspect: [{ node: 'person:suspect' }],
}

/**
 * A number: it rings in the phone that holds its SIM, and is read by anyone who unlocks that phone or watches it, has its
 * SIM, holds its contract, passes as the client with the network, or has its texts shown on a device of theirs. Its bill, and a new password
 * for its account at the network, go to a mailbox: anyone who reads that sees whom the client calls, and may order a SIM.
 */
export function writeNumber(facts: NumberFacts): Parts {
  const parts = beginParts()
  const { reveals, bill, acts } = facts
  const moved = writeWhose(parts, 'number', 'holder')
  askAboutNumber(parts)
  const looks = findTells(acts.look, places)
  const { owned, asked, undiverted, billed } = findEndings(acts, looks)
  parts.rules.push(
    ...findNumberRules({ owned: owned.by, moved }, asked.by, undiverted.by),
    ...findBillRules([...billed.by, ...moved]),
  )
  const { read, had } = splitControl(reveals)
  parts.reveals.push({ from: '{}.read', ...read }, { from: '{}.used', ...had }, { from: '{}.bill', ...bill })
  const seen = [...owned.steps, ...undiverted.steps, ...asked.steps, ...billed.steps]
  parts.steps.push(...onlyIfHers([...makeNumberSteps(acts, looks), ...seen]))
  parts.evidence.push({
    id: '{}.bills',
    weight: 10,
    preservedBy: ['photograph-settings:{}'],
    words: 'Bills, the holder and the diverts of {label}',
  })
  parts.channel = { content: '{}', fact: '{}.bill' }
  return parts
}

const needs = ['{}.sim']

function askAboutNumber(parts: PartsInHand): void {
  parts.questions.push(
    {
      kind: 'belief',
      id: 'holder',
      ask: 'Is the contract in the suspected person’s name, or do they get the bill?',
    },
    {
      kind: 'belief',
      id: 'pin',
      ask: 'Could they pass as the client with the network?',
      hint: 'They know date of birth, address and the network’s password.',
    },
    {
      kind: 'belief',
      id: 'diverted',
      ask: 'May calls or texts be diverted, or shown on a device of theirs?',
    },
    {
      kind: 'things',
      id: 'sim',
      ask: 'In which device is its SIM or eSIM?',
      of: ['phone', 'tablet', 'child-device'],
    },
    {
      kind: 'things',
      id: 'forwarded',
      ask: 'On which accounts and computers do its texts show as well?',
      hint: 'Text forwarding to a tablet or a computer, messages on the web.',
      of: ['apple-account', 'google-account', 'computer', 'tablet', 'messaging'],
    },
    {
      kind: 'things',
      id: 'bills',
      ask: 'To which mailbox do its bills go, and a new password for its account at the network?',
      hint: 'The bill shows each call. With that account a new SIM may be ordered.',
      of: ['mailbox'],
    },
  )
  parts.nodes.push(
    { id: '{}', kind: 'number', label: 'the texts and calls of {label}' },
    { id: '{}.content', kind: 'content', label: 'what arrives on {label}' },
    { id: '{}.sim', kind: 'place', label: 'the SIM of {label}' },
    { id: '{}.contract', kind: 'ownership', label: 'the contract of {label}' },
    { id: '{}.answers', kind: 'secret', label: 'what the network asks about {label}' },
    { id: '{}.divert', kind: 'session', label: 'a divert of {label}' },
    { id: '{}.bill', kind: 'record', label: 'the itemised bill of {label}' },
  )
  parts.holds.push(
    { who: 'client', node: '{}.sim' },
    { who: 'suspect', node: '{}.contract', when: 'holder' },
    { who: 'suspect', node: '{}.answers', when: 'pin' },
    { who: 'suspect', node: '{}.divert', when: 'diverted' },
  )
}

function findEndings(acts: NumberFacts['acts'], looks: StepPart['tells']) {
  const owned = endWith('own-contract:{}', acts['own-contract'], {
    id: 'see-contract:{}',
    do: 'See on the first bill that {label} is the client’s own, and that nobody else gets the bill',
    tells: looks,
    needs,
  })
  const undiverted = endWith('end-divert:{}', acts['end-divert'], {
    id: 'see-divert:{}',
    do: 'See that nothing of {label} is diverted, and that its texts show on no other device',
    tells: looks,
    needs,
  })
  const asked = endWith('network-pin:{}', acts['network-pin'], {
    id: 'see-pin:{}',
    do: 'Ring the network about {label} as somebody who only knows date of birth and address, and see that they refuse',
    tells: looks,
    needs,
  })
  const billed = endWith('change-bills:{}', acts['change-bills'], {
    id: 'see-bills:{}',
    do: 'See that the bills of {label} and the mail of its account at the network come only to the client',
    tells: looks,
    needs,
  })
  return { owned, asked, undiverted, billed }
}

/** What goes to the mailbox behind its account at the network, until something else stands there. */
function findBillRules(billed: readonly string[]): readonly RulePart[] {
  const there = { each: 'bills', unless: billed }
  return [
    { ...makeRule('{}.bill', ['{other}.content'], 'reads its bill in {other}', 'suspect'), ...there },
    {
      ...makeRule(
        '{}',
        ['{other}.content'],
        'may order a new SIM in its account, to which {other} opens',
        'suspect',
      ),
      ...there,
      atMost: 'possible',
    },
  ]
}

/** Each list: the steps that end the contract or the use of the number, passing as the client, and what is diverted. */
function findNumberRules(
  { owned, moved }: Readonly<Record<'owned' | 'moved', readonly string[]>>,
  asked: readonly string[],
  undiverted: readonly string[],
): readonly RulePart[] {
  const suspect = 'suspect' as const
  return [
    makeRule('{}', ['{}.sim'], 'has the SIM', 'client'),
    {
      ...makeRule('{}', ['{}.contract'], 'has a new SIM sent as holder of the contract', suspect),
      unless: owned,
    },
    { ...makeRule('{}', ['{}.answers'], 'passes as the client with the network', suspect), unless: asked },
    { ...makeRule('{}', ['{}.divert'], 'gets what is diverted', suspect), unless: undiverted },
    {
      ...makeRule('{}', ['{other}.content'], 'reads its texts on {other}', suspect),
      unless: undiverted,
      each: 'forwarded',
    },
    {
      ...makeRule('{}', ['{other}.content'], 'reads and hears what arrives on {other}', suspect),
      each: 'sim',
      unlessUnknown: ['sim-pin:{}'],
    },
    {
      ...makeRule(
        '{}',
        ['{other}.in-hand'],
        'takes its SIM out of {other}, or reads the locked screen',
        suspect,
      ),
      unless: ['sim-pin:{}'],
      each: 'sim',
      onlyNamed: true,
    },
    makeRule('{}.content', ['{}'], 'reads and hears what arrives'),
    {
      ...makeRule('{}.bill', ['{}.contract'], 'reads the itemised bill', suspect),
      unless: [...owned, ...moved],
    },
  ]
}

function makeNumberSteps(acts: NumberFacts['acts'], looks: StepPart['tells']): readonly StepPart[] {
  const ofStep = (act: (typeof numberActs)[number], visible: string) => ({
    tells: findTells(acts[act], places),
    ...readOf(acts[act]),
    notices: sayNotices(visible, acts[act]),
  })
  return [
    makePhotographs('the holder, the bills, the diverts and the SIM', looks, ['person:client']),
    makeStep({
      id: 'own-contract:{}',
      do: 'Ask the network to move {label} to a contract in the client’s own name: only the holder or the network can let it go',
      cost: [6, 5, 4, 2],
      ...ofStep('own-contract', 'The bill changes, or the number leaves the contract: the holder is told.'),
      needs,
      destroys: ['{}.bills'],
      lost: 'The old number, where it cannot be moved.',
      ready:
        'Proof of identity; a network that knows about domestic abuse. Asking ends nothing: until it is seen on a bill the contract counts as theirs. A new number needs nobody’s leave.',
      undo: 'Move it back.',
    }),
    makeStep({
      id: 'network-pin:{}',
      do: 'Have the network set a password or PIN on {label} that nobody could guess',
      cost: [2, 0, 0, 1],
      ...ofStep('network-pin', 'The next time they ring the network, they are refused.'),
      needs,
      lost: 'Nothing.',
      ready: 'A PIN that is written down in a safe place.',
      undo: 'Have it taken off.',
    }),
    makeStep({
      id: 'end-divert:{}',
      do: 'End every divert and every other device of {label}',
      cost: [2, 0, 0, 1],
      ...ofStep('end-divert', 'Calls and texts stop coming to them.'),
      needs,
      destroys: ['{}.bills'],
      lost: 'The record of the divert.',
      ready: 'A photograph of the settings.',
      undo: 'Set it again.',
    }),
    makeStep({
      id: 'change-bills:{}',
      do: 'Give the account of {label} at the network a new password, and put an address behind it that nobody else reads',
      cost: [3, 0, 0, 1],
      ...ofStep('change-bills', 'The bills stop coming to the old address.'),
      needs,
      destroys: ['{}.bills'],
      lost: 'The bills that were only there.',
      ready: 'A mailbox that nobody else reads. The old bills, kept.',
      undo: 'Put the old address back.',
    }),
    makeStep({
      id: 'sim-pin:{}',
      do: 'Set a PIN on the SIM of {label}, put it in a phone that nobody else sees into, and let nothing show on the locked screen',
      cost: [3, 0, 1, 1],
      ...ofStep('sim-pin', 'The locked screen shows nothing, and the SIM asks for its PIN.'),
      needs,
      lost: 'Nothing.',
      ready: 'The PIN the network gave with the SIM; three wrong tries lock it.',
      undo: 'Turn the PIN off in the settings.',
    }),
  ]
}
