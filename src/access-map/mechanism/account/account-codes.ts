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
  'notebook',
] as const

/** What an account asks for besides its password. Where it asks for nothing more, everybody has that. */
export const secondStep = '{}.second-step'

/** The steps by which a session of the client's own ends, so that they have to sign in with the code again. */
export const endsOwnSession: readonly string[] = ['change-password:{}', 'sign-out-others:{}']

const stepped = ['two-step:{}']
const [copied, copiedAgain, askedFor] = ['{}.code-copy', '{}.new-code-copy', '{}.code-to-renew'] as const

/**
 * The codes of the second step: where they come, who reads them there, and that the client needs one too. Where they come to
 * the suspected person, the client signs in again only by their leave, and any password they learn later lets them in. So they
 * are taken from them like what can be read, also where they open nothing today; and another second step comes before
 * whatever ends the client's session.
 *
 * @param left what shows that the client uses another account in place of this one
 */
// Rule S9: a code that comes to somebody else is to be taken from them, and what makes codes is as good as copied once it was open
export function writeCodes(
  parts: PartsInHand,
  { acts }: AccountFacts,
  look: Pick<StepPart, 'tells' | 'needs'>,
  left: readonly string[],
): void {
  parts.questions.push({
    kind: 'things',
    id: 'codes',
    ask: 'Where does the code of the second step come, or can be read? Tick every place.',
    hint: 'A number, a mailbox, an app on a device, a device that is asked, spare codes on paper. The suspected person’s own count too.',
    of: [...placesForCodes],
  })
  parts.nodes.push(
    { id: secondStep, kind: 'code', label: 'the second step of {label}' },
    { id: '{}.codes', kind: 'code', label: 'the codes of {label}' },
    { id: copied, kind: 'secret', label: 'a copy of what makes the codes of {label}' },
    { id: copiedAgain, kind: 'secret', label: 'a copy of what makes the new codes of {label}' },
    { id: askedFor, kind: 'code', label: 'a code from where the codes of {label} come today' },
  )
  const moved = endWith('two-step:{}', acts['two-step'], {
    id: 'see-codes:{}',
    do: 'See that the codes of {label} come nowhere but to the client: no other number, address, app or key stands there, and no spare code from before counts',
    ...look,
  })
  parts.rules.push(
    ...findCodeRules(moved.by),
    ...findCopies(moved.by),
    ...findRegained(),
    ...findRenewal(acts['two-step']?.takesCode ?? true),
    {
      ...makeRule('{}.codes', [secondStep], 'gets a code whenever one is asked for', 'suspect'),
      unless: left,
    },
  )
  parts.reveals.push({ from: '{}.codes', certain: ['codes'], possible: [] })
  parts.steps.push(
    makeFinding(look, acts.look),
    makeTwoStep(acts['two-step']),
    ...moved.steps,
    makeRegain(acts.regain),
  )
}

/** @param moved the steps after which a code comes no longer to where it came */
function findCodeRules(moved: readonly string[]): readonly RulePart[] {
  const to = secondStep
  return [
    {
      ...makeRule(to, ['{other}.content'], 'reads the code that comes to {other}', 'suspect'),
      each: 'codes',
      unless: moved,
      unlessUnknown: ['find-codes:{}'],
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

/**
 * What makes the codes is copied in a minute where it can be opened: the key of a code app, spare codes on paper. A copy goes on when
 * the device is clean or the paper is gone, until the second step is another one; and a new one that is set up on a watched device
 * is copied again.
 */
function findCopies(moved: readonly string[]): readonly RulePart[] {
  return [
    {
      ...makeRule(
        copied,
        ['{other}.passwords'],
        'may have copied what makes the codes on {other}',
        'suspect',
      ),
      each: 'codes',
      onlyNamed: true,
      ifItHasSuch: true,
      atMost: 'possible',
    },
    {
      ...makeRule(secondStep, [copied], 'makes the codes from a copy', 'suspect'),
      unless: moved,
    },
    {
      ...makeRule(copiedAgain, ['{other}.reports'], 'may see the new codes set up on {other}', 'suspect'),
      each: 'devices',
      onlyNamed: true,
      if: stepped,
      unless: ['close-on:{}.{other}'],
      atMost: 'possible',
    },
    makeRule(secondStep, [copiedAgain], 'makes the new codes from a copy', 'suspect'),
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

/**
 * What it takes to have the codes come elsewhere: one from where they come today, or the maker's own recovery. Where no source
 * says that it takes none, it takes one. The suspected person is never asked for theirs.
 */
function findRenewal(takesCode: boolean): readonly RulePart[] {
  if (!takesCode)
    return [makeRule(askedFor, ['person:client'], 'is asked for none to have them come elsewhere', 'client')]
  return [
    makeRule(askedFor, [secondStep], 'gets one', 'client'),
    {
      ...makeRule(askedFor, ['person:client'], 'was let in by the maker without one', 'client'),
      each: 'codes',
      onlyNamed: true,
      if: ['regain:{}.{other}'],
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

/** While nobody knows where the codes come, somebody looks: what stands there is written on the map, and counts from then on. */
function makeFinding(look: Pick<StepPart, 'tells' | 'needs'>, facts: AccountFacts['acts']['look']): StepPart {
  return makeStep({
    id: 'find-codes:{}',
    do: 'Look where the codes of {label} come, and whether there are spare codes: nowhere but to the client. Write on the map every place that stands there',
    cost: [1, 0, 0, 0],
    ...look,
    ...readOf(facts),
    notices: 'Only that somebody looked, where looking is shown.',
    lost: 'Nothing.',
    ready:
      'The security page of the account. If another place stands there, it could not be done: say so, and answer the question on the map.',
    undo: 'Nothing to undo.',
  })
}

function makeTwoStep(facts: AccountFacts['acts']['two-step']): StepPart {
  return makeStep({
    id: 'two-step:{}',
    do: 'Let the codes of {label} come only to the client: add a security key or an app on a device of theirs, then take out every other number, address and app, and make new spare codes',
    cost: [4, 0, 1, 1],
    tells: tellCodes(findTells(facts, accountPlaces)),
    ...readOf(facts),
    needs: ['{}', askedFor],
    notices: sayNotices(
      'Signing in asks for something they do not have, and codes come to them no longer. The last code may come to them unasked.',
      facts,
    ),
    lost: 'Nothing, if the spare codes are kept.',
    ready:
      'A device on which the account is open and into which nobody else sees, and one code from where they come today, or the maker’s own recovery. The suspected person is never asked for it. Spare codes on paper, in a place nobody else opens.',
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
