import { z } from 'zod'
import { words } from './entry-words.ts'
import type { Parts } from './part.ts'
import { beginParts, makeRule, makeStep } from './write-parts.ts'

/** The facts of a place where passwords are written: a notebook, a drawer, a file on paper. */
export const keepingPlaceFactsSchema = z.strictObject({
  ask: words(200),
  hint: words(300).optional(),
  move: words(200),
})
export type KeepingPlaceFacts = z.output<typeof keepingPlaceFactsSchema>

/** A place where passwords are kept: anyone who opens it has read them, and knows them from then on. */
export function writeKeepingPlace({ ask, hint, move }: KeepingPlaceFacts): Parts {
  const parts = beginParts()
  parts.questions.push({ kind: 'belief', id: 'reads', ask, hint })
  parts.nodes.push(
    { id: '{}', kind: 'place', label: '{label}' },
    { id: '{}.opened', kind: 'place', label: '{label}, within their reach' },
    { id: '{}.content', kind: 'content', label: 'what is written in {label}' },
    { id: '{}.passwords', kind: 'content', label: 'the passwords written in {label}' },
  )
  parts.holds.push({ who: 'suspect', node: '{}.opened', when: 'reads' })
  parts.rules.push(
    { ...makeRule('{}', ['{}.opened'], 'opens it', 'suspect'), unless: ['move-it:{}'] },
    makeRule('{}', ['person:client'], 'has it', 'client'),
    makeRule('{}.content', ['{}'], 'reads what is written there'),
    makeRule('{}.passwords', ['{}'], 'reads the passwords written there'),
  )
  parts.reveals.push({ from: '{}', certain: [], possible: ['plans', 'contacts'] })
  parts.steps.push(
    makeStep({
      id: 'move-it:{}',
      do: move,
      cost: [1, 0, 0, 1],
      tells: [{ node: '{}.opened', says: 'It is no longer where it was.' }],
      needs: ['{}'],
      notices: 'Anyone who looks for it does not find it.',
      lost: 'Nothing.',
      ready: 'A place that nobody else opens.',
      undo: 'Put it back.',
    }),
  )
  return parts
}
