import { makeRule, makeStep, type PartsInHand } from './write-parts.ts'

/** The question whether a thing is the suspected person's own. A yes takes its steps from the client's plan. */
export const theirs = 'theirs'

/**
 * It may be the suspected person's own, and stand behind an account of the client's. Then they are in, and nothing about it
 * is the client's to change. While nobody knows whose it is, what the client sends through it flows to them until the
 * client uses another.
 *
 * @param what “address” or “number”
 */
export function writeWhose(parts: PartsInHand, what: 'address' | 'number'): void {
  parts.questions.push({
    kind: 'belief',
    id: theirs,
    ask: `Is it the suspected person’s own ${what}?`,
    hint: 'It may stand behind an account of the client’s.',
  })
  parts.nodes.push(
    { id: '{}.read', kind: 'content', label: 'what the client gets on {label}' },
    { id: '{}.used', kind: 'content', label: 'what the client does with {label}' },
  )
  const unless = ['use-another:{}']
  parts.rules.push(
    { ...makeRule('{}', ['person:suspect'], 'has it: it is their own', 'suspect'), when: theirs },
    { ...makeRule('{}.read', ['{}.content'], 'reads what comes for the client', 'suspect'), unless },
    { ...makeRule('{}.used', ['{}'], 'acts in it', 'suspect'), unless },
  )
  parts.steps.push(
    makeStep({
      id: 'use-another:{}',
      do: `Use another ${what} in place of {label} for everything`,
      cost: [5, 1, 5, 1],
      tells: [],
      needs: ['person:client'],
      notices: 'Less and less comes to the old one.',
      lost: 'What still comes to the old one, unless somebody looks there.',
      ready: `${what === 'address' ? 'An address' : 'A number'} that nobody else has ever had in their hands.`,
      undo: 'Use the old one again.',
      notIf: theirs,
    }),
  )
}
