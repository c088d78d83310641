import { z } from 'zod'
import { actFactsSchema, endWith, findTells, type NoticePlaces, readOf, sayNotices } from './act-facts.ts'
import { learntSchema, slug, stepWordsSchema, words } from './entry-words.ts'
import type { Parts } from './part.ts'
import { beginParts, makePhotographs, makeRule, makeStep, type PartsInHand } from './write-parts.ts'

export const groupActs = ['look', 'stop-sharing', 'remove-them'] as const

/** The facts of something shared: a family group, a map of places, a calendar, a managed device. */
export const groupFactsSchema = z.strictObject({
  reveals: learntSchema,
  askIn: words(200),
  askRuns: words(200),
  /** The accounts of the client that may be in it, and how that is asked. */
  accounts: z.strictObject({ ask: words(200), of: z.array(slug).min(1) }).optional(),
  /** How it is asked on which devices it shows, to anyone who opens them. */
  askShows: words(200).optional(),
  steps: z.strictObject({
    'stop-sharing': stepWordsSchema,
    /** Only where the client may take somebody else out. */
    'remove-them': stepWordsSchema.optional(),
  }),
  acts: z.partialRecord(z.enum(groupActs), actFactsSchema).default({}),
})
export type GroupFacts = z.output<typeof groupFactsSchema>

const places: NoticePlaces = {
  inside: [{ node: '{}' }],
  recovery: [{ node: '{other}.content', each: 'account' }],
  owner: [{ node: '{}.runs' }],
  members: [{ node: '{}.part' }, { node: '{}.runs' }],
  nearby: [{ node: 'person:suspect' }],
  contacts: [{ node: 'person:suspect' }],
  suspect: [{ node: 'person:suspect' }],
}

/**
 * Something that several share: anyone who is in it sees what is shared, anyone who runs it sees and sets more. Leaving ends
 * both; taking one of them out ends only what they have as a member.
 */
export function writeGroup(facts: GroupFacts): Parts {
  const { reveals, askIn, askRuns, accounts, askShows, steps: said, acts } = facts
  const parts = beginParts()
  parts.questions.push({ kind: 'belief', id: 'in', ask: askIn }, { kind: 'belief', id: 'runs', ask: askRuns })
  if (accounts) parts.questions.push({ kind: 'things', id: 'account', ...accounts })
  parts.nodes.push(
    { id: '{}', kind: 'group', label: '{label}' },
    { id: '{}.part', kind: 'membership', label: 'a place in {label}' },
    { id: '{}.runs', kind: 'membership', label: 'the running of {label}' },
  )
  parts.holds.push(
    { who: 'suspect', node: '{}.part', when: 'in' },
    { who: 'suspect', node: '{}.runs', when: 'runs' },
  )
  const looks = findTells(acts.look, places)
  const needs = ['person:client']
  const left = endWith('stop-sharing:{}', acts['stop-sharing'], {
    id: 'see-unshared:{}',
    do: 'Look again that nothing of the client’s is shared in {label}, and no device of a child who lives with them',
    tells: looks,
    needs,
  })
  const removed = endWith('remove-them:{}', acts['remove-them'], {
    id: 'see-members:{}',
    do: 'Look at the members of {label} again: they no longer stand there, under any name',
    tells: looks,
    needs,
  })
  const out = said['remove-them'] ? removed.by : []
  parts.rules.push(
    { ...makeRule('{}', ['{}.part'], 'sees what is shared there'), unless: [...left.by, ...out] },
    { ...makeRule('{}', ['{}.runs'], 'runs it, and sees and sets what the others see'), unless: left.by },
  )
  if (accounts)
    parts.rules.push({
      ...makeRule('{}', ['{other}.content'], 'opens it from {other}', 'suspect'),
      unless: left.by,
      each: 'account',
    })
  if (askShows) writeShown(parts, askShows, left.by)
  parts.reveals.push({ from: '{}', ...reveals })
  parts.evidence.push({
    id: '{}.members',
    weight: 10,
    preservedBy: ['photograph-settings:{}'],
    words: 'The members of {label} and what was shared',
  })
  parts.steps.push(
    makePhotographs('the list of members, their rights and what is shared', looks, needs, acts.look),
  )
  for (const id of ['stop-sharing', 'remove-them'] as const) {
    const text = said[id]
    if (!text) continue
    const { effort, money, disruption, risk } = text.cost
    parts.steps.push(
      makeStep({
        ...text,
        id: `${id}:{}`,
        cost: [effort, money, disruption, risk],
        tells: findTells(acts[id], places),
        ...readOf(acts[id]),
        needs,
        destroys: ['{}.members'],
        notices: sayNotices(text.notices, acts[id]),
      }),
      ...(id === 'stop-sharing' ? left : removed).steps,
    )
  }
  return { ...parts, steps: parts.steps.map(each => ({ ...each, isWithin: true })) }
}

/** It shows on a device, to anyone who opens that device or sees it from afar: a child's, or one left lying. */
function writeShown(parts: PartsInHand, ask: string, left: readonly string[]): void {
  parts.questions.push({
    kind: 'things',
    id: 'devices',
    ask,
    hint: 'A child’s too, and one that goes to and fro.',
    of: ['phone', 'tablet', 'computer', 'child-device'],
  })
  const shown = { each: 'devices', unless: ['close-on:{}.{other}', ...left], unlessUnknown: left }
  parts.rules.push(
    { ...makeRule('{}', ['{other}'], 'sees it on {other}', 'suspect'), ...shown },
    { ...makeRule('{}', ['{other}.reports'], 'sees it from afar on {other}', 'suspect'), ...shown },
  )
  const says = 'It no longer shows there.'
  parts.steps.push(
    makeStep({
      id: 'close-on:{}.{other}',
      do: 'Take {label} off {other}: sign out there what shows it',
      cost: [2, 0, 2, 1],
      tells: [
        { node: '{other}', says },
        { node: '{other}.reports', says },
      ],
      needs: ['person:client'],
      notices: 'Anyone who opens the device sees that it is gone.',
      lost: 'Seeing it there.',
      ready: 'A device of the client’s own on which to see it.',
      undo: 'Open it there again.',
      each: 'devices',
    }),
  )
}
