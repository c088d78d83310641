import { findTells, readOf, sayNotices } from '../act-facts.ts'
import { makeKeepingApart, placesForPasswords } from '../kept-password.ts'
import type { RulePart, StepPart } from '../part.ts'
import { makeRule, makeStep, type PartsInHand } from '../write-parts.ts'
import { secondStep, tellCodes } from './account-codes.ts'
import { type AccountFacts, accountPlaces } from './account-facts.ts'

/** The password: who knows it, where it is kept and typed, what it opens alone and with the second step. */
export function writePassword(parts: PartsInHand, { acts, shownByPassword }: AccountFacts): void {
  askAboutPassword(parts)
  parts.rules.push(...findPasswordRules())
  if (shownByPassword) {
    parts.nodes.push({
      id: '{}.glimpse',
      kind: 'session',
      label: 'what {label} shows for the password alone',
    })
    parts.rules.push(
      { ...makeRule('{}.glimpse', [old], 'needs no second step for this', 'suspect'), unless: changed },
      { ...makeRule('{}.glimpse', [next], 'needs no second step for this', 'suspect'), if: changed },
    )
    parts.reveals.push({ from: '{}.glimpse', ...shownByPassword })
  }
  parts.steps.push(...makePasswordSteps(acts))
}

const [old, next] = ['{}.password', '{}.new-password'] as const
const changed = ['change-password:{}']
const stepped = ['two-step:{}']

function askAboutPassword(parts: PartsInHand): void {
  parts.questions.push(
    {
      kind: 'belief',
      id: 'password',
      ask: 'Does the suspected person know the password, or could they guess it?',
      hint: 'Written down, saved in a shared browser, used elsewhere too.',
    },
    {
      kind: 'belief',
      id: 'alone',
      ask: 'Could they sign in with the password alone?',
      hint: 'There is no second step, or a device of theirs was once trusted.',
    },
    {
      kind: 'things',
      id: 'kept',
      ask: 'Where is the password kept?',
      hint: 'A password manager, the key chain of a phone, a browser, a notebook. None of these if only in the client’s head.',
      of: [...placesForPasswords],
    },
  )
  parts.nodes.push(
    { id: '{}.password', kind: 'secret', label: 'the password of {label}' },
    { id: '{}.new-password', kind: 'secret', label: 'the new password of {label}' },
  )
  parts.holds.push(
    { who: 'client', node: '{}.password' },
    { who: 'suspect', node: '{}.password', when: 'password' },
  )
}

function findPasswordRules(): readonly RulePart[] {
  return [...findSignIns(), ...findWhereItIsRead()]
}

/** What the password opens, before and after it is changed. */
function findSignIns(): readonly RulePart[] {
  return [
    {
      ...makeRule('{}', [old], 'signs in with the password', 'suspect'),
      unless: [...changed, ...stepped],
      when: 'alone',
      // Most accounts have no second step until somebody turns one on.
      unknownAs: 'suspected',
    },
    // Two answers that do not fit: that no code comes anywhere, and that the password alone lets nobody in. The worse one counts.
    {
      ...makeRule('{}', [old], 'signs in with the password, where no code is asked for', 'suspect'),
      unless: [...changed, ...stepped],
      none: 'codes',
    },
    { ...makeRule('{}', [next], 'signs in with the new password', 'suspect'), unless: stepped, if: changed },
    {
      ...makeRule('{}', [old, secondStep], 'signs in with the password and what else is asked for'),
      unless: changed,
    },
    {
      ...makeRule('{}', [next, secondStep], 'signs in with the new password and what else is asked for'),
      if: changed,
    },
    { ...makeRule(next, ['person:client'], 'chooses a new password', 'client'), if: changed },
  ]
}

/** Where the password is read: where it is typed, and where it is kept. */
function findWhereItIsRead(): readonly RulePart[] {
  return [
    {
      ...makeRule(next, ['{other}.reports'], 'sees the new password being typed on {other}', 'suspect'),
      if: changed,
      unless: ['close-on:{}.{other}'],
      each: 'devices',
      onlyNamed: true,
    },
    {
      ...makeRule(next, ['{other}.passwords'], 'reads the new password in {other}', 'suspect'),
      if: changed,
      unless: ['keep-apart:{}'],
      each: 'kept',
      onlyNamed: true,
    },
    {
      ...makeRule(old, ['{other}.reports'], 'has seen the password being typed on {other}', 'suspect'),
      each: 'devices',
      atMost: 'suspected',
    },
    { ...makeRule(old, ['{other}.passwords'], 'reads the password in {other}', 'suspect'), each: 'kept' },
  ]
}

function makePasswordSteps(acts: AccountFacts['acts']): readonly StepPart[] {
  return [
    makeStep({
      id: 'change-password:{}',
      do: 'Change the password of {label} to one used nowhere else',
      cost: [3, 0, 1, 1],
      tells: tellCodes(findTells(acts['change-password'], accountPlaces)),
      ...readOf(acts['change-password']),
      needs: ['{}'],
      notices: sayNotices(
        'They are asked for a password they no longer know. Where a code is asked for, it comes to where codes come.',
        acts['change-password'],
      ),
      lost: 'It may sign the client out everywhere: they sign in again, with a code where one is asked for.',
      ready:
        'A device that nobody else sees into, somewhere safe to keep the new password, and a code that comes to the client.',
      undo: 'Change it again.',
    }),
    makeKeepingApart(['{}'], changed),
  ]
}
