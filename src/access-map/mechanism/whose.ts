import { type Ending, endWith } from './act-facts.ts'
import type { HersWhile, StepPart } from './part.ts'
import { type CostInOrder, makeRule, makeStep, type PartsInHand } from './write-parts.ts'

/** The question whether a thing is the suspected person’s own: until it is answered, most steps are nobody’s to offer. */
export const theirs = 'theirs'
const hers: HersWhile = { question: theirs, answers: ['no'] }
/** Nobody knows whose it is. What is done then must be the client’s to do in either case. */
const inDoubt: HersWhile = { question: theirs, answers: ['probably', 'unknown'] }

/** The question whether somebody else runs a thing: a landlord, an employer. */
const others = 'others'
const notOfOthers: HersWhile = { question: others, answers: ['no', 'unknown'] }
const ofOthers: HersWhile = { question: others, answers: ['yes', 'probably'] }

/** What nobody of a landlord, an employer or a school leaves to the client. */
export const unlessOthers: readonly HersWhile[] = [notOfOthers]

/** Steps with a thing that are the client’s only once it is known that the thing is theirs to change. */
export function onlyIfHers(steps: readonly StepPart[]): readonly StepPart[] {
  return steps.map(step => (step.hersWhile ? step : { ...step, hersWhile: [hers] }))
}

/**
 * It may be the suspected person’s own, and stand behind an account of the client’s. Then they are in, and nothing about it
 * is the client’s to change. While nobody knows whose it is, what the client sends through it flows to them until the
 * client uses another and has seen that nothing comes to the old one; what it opens stays open until each account has another
 * behind it. What is known to be the client’s own is closed instead, since another beside it would leave the old one read; it is left only
 * where it cannot be closed.
 *
 * @param what “address” or “number”
 * @param held the question whether the suspected person holds it by a contract. What only a holder can let go, the client
 *   need not wait for: they may take another
 * @returns the looks any of which shows that nothing comes to the old one any more
 */
export function writeWhose(parts: PartsInHand, what: 'address' | 'number', held?: string): readonly string[] {
  parts.questions.push({
    kind: 'belief',
    id: theirs,
    ask: `Is it the suspected person’s own ${what}?`,
    hint: 'It may stand behind an account of the client’s. Ask this first: it decides which steps are the client’s to take.',
  })
  parts.nodes.push(
    { id: '{}.read', kind: 'content', label: 'what the client gets on {label}' },
    { id: '{}.used', kind: 'content', label: 'what the client does with {label}' },
  )
  const another = `Use another ${what} in place of {label} for everything`
  const isTheirContract = (answers: HersWhile['answers']): readonly HersWhile[] =>
    held === undefined ? [] : [{ question: held, answers }]
  const unless = [
    ...writeAnother(parts, what, {
      id: 'use-another:{}',
      see: 'see-moved:{}',
      do: another,
      cost: [5, 1, 5, 1],
      hersWhile: [inDoubt],
    }),
    ...(held === undefined
      ? []
      : writeAnother(parts, what, {
          id: 'take-another:{}',
          see: 'see-taken:{}',
          do: another,
          cost: [5, 1, 5, 1],
          hersWhile: [hers, ...isTheirContract(['yes', 'probably'])],
        })),
    // Dear, so that what can be closed is closed: it is left only where it cannot be.
    ...writeAnother(parts, what, {
      id: 'leave-it:{}',
      see: 'see-left:{}',
      do: `Leave {label} where it cannot be closed: use another ${what} for everything, and close of the old one what can be`,
      cost: [8, 1, 40, 3],
      hersWhile: [hers, ...isTheirContract(['no', 'unknown'])],
    }),
  ]
  parts.rules.push(
    { ...makeRule('{}', ['person:suspect'], 'has it: it is their own', 'suspect'), when: theirs },
    { ...makeRule('{}.read', ['{}.content'], 'reads what comes for the client', 'suspect'), unless },
    { ...makeRule('{}.used', ['{}'], 'acts in it', 'suspect'), unless },
  )
  return unless
}

type Another = {
  readonly id: string
  readonly see: string
  readonly do: string
  readonly cost: CostInOrder
  readonly hersWhile: readonly HersWhile[]
}

/** Another address or number in place of this one, and the look that shows that nothing comes to the old one any more. */
function writeAnother(
  parts: PartsInHand,
  what: 'address' | 'number',
  { id, see, do: words, cost, hersWhile }: Another,
): readonly string[] {
  const ended = endWith(id, undefined, {
    id: see,
    do: 'See over some weeks that nothing of the client’s comes to {label} any more, and that no account has it behind it',
    tells: [],
    needs: ['person:client'],
    hersWhile,
  })
  parts.steps.push(
    makeStep({
      id,
      do: words,
      cost,
      tells: [],
      needs: ['person:client'],
      notices: 'Less and less comes to the old one.',
      lost: 'What still comes to the old one. It is not closed by this: anyone who has it reads that.',
      ready: `${what === 'address' ? 'An address' : 'A number'} that nobody else has ever had in their hands. A list of every account and person that has the old one.`,
      undo: 'Use the old one again.',
      hersWhile,
    }),
    ...ended.steps,
  )
  return ended.by
}

/**
 * It may be run by somebody who is neither of the two. What only they can do is asked of them, closes nothing by being asked,
 * and stays open until they have said that it was done.
 *
 * @param record the evidence of who had access, which may be gone when they take somebody out
 * @returns what ends a path that they can end
 */
export function writeOthers(parts: PartsInHand, record: string): Ending {
  parts.questions.push({
    kind: 'belief',
    id: others,
    ask: 'Does it belong to somebody else who runs it: a landlord, an employer, a school?',
    hint: 'Then only they can take users out of it or set it up again.',
  })
  const ended = endWith('ask-runner:{}', undefined, {
    id: 'see-runner:{}',
    do: 'Have whoever runs {label} say in writing who can get into it now, and see that it is nobody else',
    tells: [],
    needs: ['person:client'],
    hersWhile: [ofOthers],
  })
  parts.steps.push(
    makeStep({
      id: 'ask-runner:{}',
      do: 'Ask whoever runs {label} to take everybody but the client out of it: only they can, and it stays open until they have',
      cost: [4, 0, 2, 3],
      tells: 'unchecked',
      needs: ['person:client'],
      destroys: [record],
      notices: 'Whoever runs it may speak with them, and their access ends.',
      lost: 'The record of who had access, unless whoever runs it keeps it.',
      ready:
        'The name of one person there who may act. Whom not to tell. A letter of the clinic or the police.',
      undo: 'Whoever runs it lets them in again.',
      hersWhile: [ofOthers],
    }),
    ...ended.steps,
  )
  return ended
}
