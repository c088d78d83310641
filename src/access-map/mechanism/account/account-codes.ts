import { endWith, findTells, readOf, sayNotices } from '../act-facts.ts'
import type { RulePart, StepPart } from '../part.ts'
import { makeRule, makeStep, type PartsInHand } from '../write-parts.ts'
import { type AccountFacts, accountPlaces } from './account-facts.ts'

const placesForCodes = [
  'number',
  'mailbox',
  'phone',
  'tablet',
  'computer',
  'child-device',
  'password-manager',
  'messaging',
  'apple-account',
] as const

/** What an account asks for besides its password. Where it asks for nothing more, everybody has that. */
export const secondStep = '{}.second-step'

/** The steps by which a session of the client's own ends, so that they have to sign in with the code again. */
export const endsOwnSession: readonly string[] = ['change-password:{}', 'sign-out-others:{}']

const stepped = ['two-step:{}']

/**
 * The codes of the second step: where they come, who reads them there, and that the client needs one too. Where they come to
 * the suspected person, the client signs in again only by their leave; so another second step comes before whatever
 * ends the client's session.
 */
export function writeCodes(
  parts: PartsInHand,
  { acts }: AccountFacts,
  look: Pick<StepPart, 'tells' | 'needs'>,
): void {
  parts.questions.push({
    kind: 'things',
    id: 'codes',
    ask: 'Where does the code of the second step come? Tick every place.',
    hint: 'A number, a mailbox, an app on a device, a device that is asked. The suspected person’s own count too.',
    of: [...placesForCodes],
  })
  parts.nodes.push({ id: secondStep, kind: 'code', label: 'the second step of {label}' })
  const moved = endWith('two-step:{}', acts['two-step'], {
    id: 'see-codes:{}',
    do: 'See that the codes of {label} come nowhere but to the client: no other number, address, app or key stands there',
    ...look,
  })
  parts.rules.push(...findCodeRules(moved.by), ...findRegained())
  parts.steps.push(makeTwoStep(acts['two-step']), ...moved.steps, makeRegain(acts.regain))
}

/** @param moved the steps after which a code comes no longer to where it came */
function findCodeRules(moved: readonly string[]): readonly RulePart[] {
  const to = secondStep
  return [
    {
      ...makeRule(to, ['{other}.content'], 'reads the code that comes to {other}', 'suspect'),
      each: 'codes',
      unless: moved,
    },
    // For the client the old place may count no longer from the first moment on.
    {
      ...makeRule(to, ['{other}.content'], 'gets the code on {other}', 'client'),
      each: 'codes',
      onlyNamed: true,
      unless: stepped,
    },
    {
      ...makeRule(to, ['person:client'], 'is asked for no code', 'client'),
      none: 'codes',
      unless: stepped,
    },
    { ...makeRule(to, ['person:client'], 'holds the second step', 'client'), if: stepped },
  ]
}

/** Without a code the maker may let the client in all the same, until a sign-in is asked for again. */
function findRegained(): readonly RulePart[] {
  return [
    {
      ...makeRule('{}', ['person:client'], 'was let in by the maker, without the code', 'client'),
      each: 'codes',
      onlyNamed: true,
      if: ['regain:{}.{other}'],
      unless: endsOwnSession,
    },
  ]
}

/** Anyone who reads where the codes come gets one that they did not ask for. */
export function tellCodes(tells: StepPart['tells']): StepPart['tells'] {
  return tells === 'unchecked'
    ? tells
    : [
        ...tells,
        { node: '{other}.content', each: 'codes', says: 'A code comes that nobody there asked for.' },
      ]
}

function makeTwoStep(facts: AccountFacts['acts']['two-step']): StepPart {
  return makeStep({
    id: 'two-step:{}',
    do: 'Let the codes of {label} come only to the client: add a security key or an app on a device of theirs, then take out every other number, address and app',
    cost: [4, 0, 1, 1],
    tells: tellCodes(findTells(facts, accountPlaces)),
    ...readOf(facts),
    needs: ['{}'],
    notices: sayNotices(
      'Signing in asks for something they do not have, and codes come to them no longer. The last code may come to them unasked.',
      facts,
    ),
    lost: 'Nothing, if the spare codes are kept.',
    ready:
      'A device on which the account is open, and one code from where they come today. If that is with the suspected person, it takes their help or the maker’s own recovery. Spare codes on paper, in a place nobody else opens.',
    undo: 'Turn it off in the settings.',
  })
}

function makeRegain(facts: AccountFacts['acts']['regain']): StepPart {
  return makeStep({
    id: 'regain:{}.{other}',
    do: 'Get into {label} through the maker’s own recovery, without the code that comes to {other}',
    cost: [8, 0, 6, 3],
    tells: tellCodes(findTells(facts, accountPlaces)),
    ...readOf(facts),
    needs: ['person:client'],
    notices: sayNotices('A request to recover the account.', facts),
    lost: 'Days in which the client may not be in. What they need from it is had before.',
    ready: 'Proof of who the client is, and a device on which they have used the account before.',
    undo: 'The request can be withdrawn.',
    each: 'codes',
  })
}
