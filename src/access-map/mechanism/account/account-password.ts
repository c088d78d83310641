import { findTells, readOf, sayNotices } from '../act-facts.ts'
import type { RulePart, StepPart } from '../part.ts'
import { makeRule, makeStep, type PartsInHand } from '../write-parts.ts'
import { type AccountFacts, accountPlaces } from './account-facts.ts'

const placesForCodes = ['number', 'mailbox', 'phone', 'password-manager', 'messaging'] as const
const placesForPasswords = [
  'password-manager',
  'apple-account',
  'google-account',
  'notebook',
  'phone',
  'tablet',
  'computer',
  'child-device',
] as const

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

const [old, next, step] = ['{}.password', '{}.new-password', '{}.second-step'] as const
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
      id: 'codes',
      ask: 'Where does the code of the second step come? Tick every place.',
      of: [...placesForCodes],
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
    { id: '{}.second-step', kind: 'code', label: 'the second step of {label}' },
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
    {
      ...makeRule(
        '{}',
        [old, '{other}.content'],
        'signs in with the password and the code that comes to {other}',
        'suspect',
      ),
      unless: [...changed, ...stepped],
      each: 'codes',
    },
    { ...makeRule('{}', [next], 'signs in with the new password', 'suspect'), unless: stepped, if: changed },
    { ...makeRule('{}', [old], 'signs in with the password', 'client'), unless: [...changed, ...stepped] },
    { ...makeRule('{}', [next], 'signs in with the new password', 'client'), unless: stepped, if: changed },
    {
      ...makeRule('{}', [old, step], 'signs in with the password and the second step'),
      unless: changed,
      if: stepped,
    },
    {
      ...makeRule('{}', [next, step], 'signs in with the new password and the second step'),
      if: [...changed, ...stepped],
    },
    { ...makeRule(step, ['person:client'], 'holds the second step', 'client'), if: stepped },
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
      tells: findTells(acts['change-password'], accountPlaces),
      ...readOf(acts['change-password']),
      needs: ['{}'],
      notices: sayNotices('They are asked for a password they no longer know.', acts['change-password']),
      lost: 'Nothing, once it is written down somewhere safe.',
      ready: 'A device that nobody else sees into, and somewhere safe to keep the new password.',
      undo: 'Change it again.',
    }),
    makeStep({
      id: 'keep-apart:{}',
      do: 'Keep the new password of {label} where nobody else reads: not where the old one is kept',
      cost: [1, 0, 1, 0],
      tells: [],
      needs: ['{}'],
      requires: ['change-password:{}'],
      notices: 'Nothing: the old place is left as it is.',
      lost: 'Nothing.',
      ready: 'A place of the client’s own. Turn off “save password” before typing it.',
      undo: 'Save it where it was before.',
    }),
    makeStep({
      id: 'two-step:{}',
      do: 'Turn on a second step for {label} that only the client has: a security key or an app on a device of their own',
      cost: [4, 0, 1, 1],
      tells: findTells(acts['two-step'], accountPlaces),
      ...readOf(acts['two-step']),
      needs: ['{}'],
      notices: sayNotices('Signing in asks for something they do not have.', acts['two-step']),
      lost: 'Nothing, if the spare codes are kept.',
      ready: 'Spare codes on paper, in a place nobody else opens.',
      undo: 'Turn it off in the settings.',
    }),
  ]
}
