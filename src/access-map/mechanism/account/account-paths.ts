import { type ActFacts, endWith, findTells, readOf, sayNotices } from '../act-facts.ts'
import type { StepPart } from '../part.ts'
import { makeRule, makeStep, type PartsInHand } from '../write-parts.ts'
import { endsOwnSession, secondStep, tellCodes } from './account-codes.ts'
import { type AccountFacts, accountPlaces } from './account-facts.ts'

const devices = ['phone', 'tablet', 'computer', 'child-device'] as const
/** Without a password the client is in by what they hold: their number, their device. */
export function writeOwnPath(parts: PartsInHand): void {
  parts.nodes.push({ id: '{}.own', kind: 'session', label: '{label}, open on a device of the client’s' })
  parts.holds.push({ who: 'client', node: '{}.own' })
  parts.rules.push(makeRule('{}', ['{}.own'], 'has it open', 'client'))
}

/** @param hasPassword whether a sign-in that has ended is begun again with the password and the code */
export function writeDevices(parts: PartsInHand, signedOut: readonly string[], hasPassword: boolean): void {
  parts.questions.push({
    kind: 'things',
    id: 'devices',
    ask: 'On which of the client’s devices is it open?',
    of: [...devices],
  })
  const onDevice = { each: 'devices', unless: ['close-on:{}.{other}'], unlessUnknown: signedOut }
  parts.rules.push(
    {
      ...makeRule('{}', ['{other}'], 'opens it on {other}, where it is signed in', 'suspect'),
      ...onDevice,
    },
    {
      ...makeRule('{}', ['{other}'], 'opens it on {other}, where it is signed in', 'client'),
      each: 'devices',
      onlyNamed: true,
      unless: [...onDevice.unless, 'replace-it:{other}', ...(hasPassword ? endsOwnSession : [])],
    },
    {
      ...makeRule('{}.content', ['{other}.reports'], 'reads it on {other}, where it is open', 'suspect'),
      ...onDevice,
    },
  )
  parts.steps.push(
    makeStep({
      id: 'close-on:{}.{other}',
      do: 'Stop opening {label} on {other}: sign out there, and use it elsewhere',
      cost: [3, 0, 5, 1],
      tells: [
        { node: '{other}.reports', says: 'A program on the device shows that it was signed out.' },
        { node: '{other}', says: '' },
      ],
      needs: ['{}'],
      notices: 'Whoever sees into the device sees that it is no longer open there.',
      lost: 'Drafts and messages that were only kept on that device.',
      ready: 'Another device on which to open it.',
      undo: 'Sign in there again.',
      each: 'devices',
    }),
  )
}

/** What arrives shows on the locked screen of a device, to anyone who has it in the hand, without its code. */
export function writeLockedScreen(parts: PartsInHand): void {
  parts.rules.push({
    ...makeRule('{}.content', ['{other}.in-hand'], 'may read it on the locked screen of {other}', 'suspect'),
    unless: ['hide-on:{}.{other}', 'close-on:{}.{other}'],
    each: 'devices',
    onlyNamed: true,
    atMost: 'possible',
  })
  parts.steps.push(
    makeStep({
      id: 'hide-on:{}.{other}',
      do: 'Let nothing of {label} show on the locked screen of {other}, and see on it that nothing does',
      cost: [1, 0, 1, 0],
      tells: [{ node: '{other}.reports', says: 'Who sees into the device sees the setting.' }],
      needs: ['{}'],
      notices: 'Whoever looks at the locked screen sees nothing of it any more.',
      lost: 'Seeing at a glance what has come.',
      ready: 'The device, and a message sent to it to see what shows.',
      undo: 'Let it show again in the settings.',
      each: 'devices',
    }),
  )
}

export function writeRecovery(
  parts: PartsInHand,
  { recoveredBy, hasPassword, acts }: AccountFacts,
  ended: readonly string[],
): void {
  parts.questions.push({
    kind: 'things',
    id: 'recovery',
    ask: hasPassword
      ? 'Where does a lost password go? Tick every address and number.'
      : 'With which number or address is it opened anew?',
    of: recoveredBy,
  })
  const how = hasPassword ? 'has a new password sent to {other}' : 'opens it anew with {other}'
  const after = { unless: ended, each: 'recovery' }
  parts.rules.push(
    { ...makeRule('{}', ['{other}.content'], how, 'suspect'), ...after },
    // A new password alone lets nobody in where a code is asked for. For the suspected person it is taken to.
    {
      ...makeRule('{}', ['{other}.content', ...(hasPassword ? [secondStep] : [])], how, 'client'),
      ...after,
      onlyNamed: true,
    },
  )
  parts.steps.push(
    makeStep({
      id: 'change-recovery:{}',
      do: 'Put only the client’s own address and number behind {label}',
      cost: [2, 0, 0, 1],
      tells: hasPassword
        ? tellCodes(findTells(acts['change-recovery'], accountPlaces))
        : findTells(acts['change-recovery'], accountPlaces),
      ...readOf(acts['change-recovery']),
      needs: ['{}'],
      destroys: ['{}.sign-ins'],
      notices: sayNotices('A lost password no longer goes where it went.', acts['change-recovery']),
      lost: 'The record of what stood there.',
      ready: 'An address and a number that nobody else reaches.',
      undo: 'Put the old ones back.',
    }),
  )
}

export function writeSession(parts: PartsInHand, ended: readonly string[], linksDevices: boolean): void {
  parts.questions.push({
    kind: 'belief',
    id: 'signed-in',
    ask: linksDevices
      ? 'May a device of theirs be linked to it?'
      : 'May one of their own devices be signed in to it?',
    hint: linksDevices
      ? 'Look at the list of linked devices, and when each was last used. A minute with the client’s phone open links one, and it goes on without the phone.'
      : 'Look at the list of devices and sign-ins.',
  })
  parts.holds.push({ who: 'suspect', node: '{}.session', when: 'signed-in' })
  parts.rules.push({
    ...makeRule('{}', ['{}.session'], 'is still signed in on a device of their own'),
    unless: ended,
  })
}

/** The step that ends every session but the client's. */
export function makeSignOut(
  facts: ActFacts | undefined,
  { hasPassword, linksDevices }: AccountFacts,
): StepPart {
  return makeStep({
    id: 'sign-out-others:{}',
    do: linksDevices
      ? 'Unlink from {label} every device that the client does not have in their hand'
      : 'Sign every other device out of {label}',
    cost: [2, 0, 2, 2],
    tells: findTells(facts, accountPlaces),
    ...readOf(facts),
    needs: ['{}'],
    after: hasPassword ? ['change-password:{}'] : [],
    destroys: ['{}.sign-ins'],
    notices: sayNotices('What they had open closes.', facts),
    lost: 'The list of the devices that were signed in.',
    ready: 'The photographs of that list.',
    undo: 'They sign in again, where they still can.',
  })
}

/** Another way in that this maker has. */
export function writeExtraPath(
  parts: PartsInHand,
  path: AccountFacts['paths'][number],
  look: Pick<StepPart, 'tells' | 'needs'>,
): void {
  const { id, ask, hint, is, how, gives, end } = path
  const node = `{}.${id}`
  const by = `${end.id}:{}`
  const needs = end.fromOutside ? ['person:client'] : ['{}']
  const ended = endWith(by, end.facts, { id: `see-${end.id}:{}`, do: end.see, tells: look.tells, needs })
  parts.questions.push({ kind: 'belief', id, ask, hint })
  parts.nodes.push({ id: node, kind: 'session', label: is })
  parts.holds.push({ who: 'suspect', node, when: id })
  parts.rules.push({
    ...makeRule(gives === 'all' ? '{}' : `{}.${gives}`, [node], how, 'suspect'),
    unless: ended.by,
  })
  const { effort, money, disruption, risk } = end.cost
  parts.steps.push(
    makeStep({
      id: by,
      do: end.do,
      cost: [effort, money, disruption, risk],
      tells: findTells(end.facts, accountPlaces),
      ...readOf(end.facts),
      needs,
      destroys: end.destroysList ? ['{}.sign-ins'] : [],
      notices: sayNotices(end.notices, end.facts),
      lost: end.lost,
      ready: end.ready,
      undo: end.undo,
    }),
    ...ended.steps,
  )
}
