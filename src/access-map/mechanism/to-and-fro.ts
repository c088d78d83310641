import { type ActFacts, endWith, findTells, type NoticePlaces, readOf, sayNotices } from './act-facts.ts'
import type { InfoKind } from './info-kind.ts'
import type { StepPart } from './part.ts'
import { type Learnt, makeRule, makeStep, type PartsInHand, splitControl } from './write-parts.ts'

/** What a device tells of the place where it is; everything else is what of the client's is on it. */
const ofItsPlace: readonly InfoKind[] = ['location', 'sound', 'video', 'home']

const toAndFro = 'to-and-fro'
const open = 'info:on-{}'

/**
 * A device that goes to and fro between two homes, as a child's does, is in the suspected person's hands again and again.
 * A new code is no closing: the child knows it and tells it, or it is asked for or set again there. What closes is that
 * nothing of the client's is on it, and that it is off or left behind where the client is not to be found. That it tells
 * where it is on any day on which it is on stays open, and is said.
 */
export function writeToAndFro(
  parts: PartsInHand,
  reveals: Learnt,
  clearing: ActFacts | undefined,
  places: NoticePlaces,
  looks: StepPart['tells'],
): void {
  const cleared = endWith('clear-it:{}', clearing, {
    id: 'see-cleared:{}',
    do: 'Look at {label} again: no account, password, message, calendar or group of the client’s is on it',
    tells: looks,
    needs: ['{}'],
  })
  askWhereItGoes(parts)
  const suspect = 'suspect' as const
  const away = ['keep-away:{}']
  parts.rules.push(
    { ...makeRule('{}.in-hand', ['{}.over-there'], 'has it in hand whenever it is there', suspect) },
    {
      ...makeRule(
        '{}',
        ['{}.over-there'],
        'opens it at the other home, where its code is told, asked for or set again',
        suspect,
      ),
    },
    {
      ...makeRule('{}.reports', ['{}.over-there'], 'may set up there what reports to them', suspect),
      atMost: 'possible',
    },
    makeRule(open, ['{}.over-there'], 'sees it wherever it is switched on', suspect),
    { ...makeRule('{}.kept', ['{}'], 'reads what of the client’s is on it'), unless: cleared.by },
    {
      ...makeRule('{}.kept', ['{}.reports'], 'sees what of the client’s is on it', suspect),
      unless: cleared.by,
    },
    { ...makeRule('{}.run', ['{}'], 'acts on it as the client'), unless: cleared.by },
    { ...makeRule('{}.around', ['{}'], 'sees where it is'), unless: away },
    { ...makeRule('{}.around', ['{}.reports'], 'sees from afar where it is', suspect), unless: away },
  )
  const { read, had } = splitControl(reveals)
  const isOfPlace = (kind: InfoKind): boolean => ofItsPlace.includes(kind)
  const isKept = (kind: InfoKind): boolean => !isOfPlace(kind)
  parts.reveals.push(
    { from: '{}.kept', certain: read.certain.filter(isKept), possible: read.possible.filter(isKept) },
    { from: '{}.around', certain: read.certain.filter(isOfPlace), possible: read.possible.filter(isOfPlace) },
    { from: '{}.run', ...had },
  )
  parts.staysOpen.push({ node: open, when: toAndFro })
  parts.steps.push(makeClearing(clearing, places), ...cleared.steps, makeKeepingAway())
}

function askWhereItGoes(parts: PartsInHand): void {
  parts.questions.push({
    kind: 'belief',
    id: toAndFro,
    ask: 'Does it go to and fro between the client’s home and the suspected person’s?',
    hint: 'With a child, or lent. Whatever code it has is told, asked for or set again there.',
  })
  parts.nodes.push(
    { id: '{}.over-there', kind: 'place', label: '{label}, at the other home' },
    { id: '{}.kept', kind: 'content', label: 'what of the client’s is on {label}' },
    { id: '{}.run', kind: 'content', label: 'what can be done with {label}' },
    { id: '{}.around', kind: 'content', label: 'where {label} is, and what is near it' },
    {
      id: open,
      kind: 'info',
      label: 'where {label} is and what is said near it, on any day on which it is on at the client’s',
    },
  )
  parts.holds.push({ who: 'suspect', node: '{}.over-there', when: toAndFro })
}

function makeClearing(facts: ActFacts | undefined, places: NoticePlaces): StepPart {
  return makeStep({
    id: 'clear-it:{}',
    do: 'Take everything of the client’s off {label}: leave on it an account of the child’s own that sees nothing of theirs, and share no passwords, calendar or group with it',
    cost: [4, 0, 2, 2],
    tells: findTells(facts, places),
    ...readOf(facts),
    needs: ['{}'],
    destroys: ['{}.traces'],
    notices: sayNotices('What they saw of the client’s on it is gone.', facts),
    lost: 'What was kept only on it.',
    ready:
      'The client’s own devices, to sign it out from their side. A new code alone closes nothing: it is told at the other home.',
    undo: 'Sign in on it again.',
  })
}

function makeKeepingAway(): StepPart {
  const says = 'It is heard of nowhere while it is with the client.'
  return makeStep({
    id: 'keep-away:{}',
    do: 'Where the client is not to be found, let {label} stay with the other parent, or be switched off in a bag, or agree on another device for each home',
    cost: [2, 0, 4, 2],
    isHabit: true,
    tells: [
      { node: '{}.over-there', says },
      { node: '{}.reports', says },
    ],
    needs: ['person:client'],
    notices: 'It tells nothing while it is off or left behind, and that may be asked about.',
    lost: 'The device while the child is with the client.',
    ready:
      'What to say when it is asked about, and what an order of a family court says of it. Never a secret for the child to keep. On any day on which it is on, it tells where the client is.',
    undo: 'Let it come along again.',
  })
}
