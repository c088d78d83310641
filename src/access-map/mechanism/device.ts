import { z } from 'zod'
import { actFactsSchema, endWith, findTells, type NoticePlaces, readOf, sayNotices } from './act-facts.ts'
import { learntSchema, words } from './entry-words.ts'
import type { Parts, RulePart, StepPart } from './part.ts'
import { writeToAndFro } from './to-and-fro.ts'
import {
  beginParts,
  makePhotographs,
  makeRule,
  makeStep,
  type PartsInHand,
  splitControl,
} from './write-parts.ts'

export const deviceActs = ['look', 'change-passcode', 'clean-it', 'replace-it', 'clear-it'] as const

/** The facts of something held in the hand and unlocked: a phone, a tablet, a computer. */
export const deviceFactsSchema = z.strictObject({
  /** What unlocks it: “passcode”, “password”. */
  code: words(30),
  reveals: learntSchema,
  /** It may go to and fro between two homes: a child's, or one of the household. */
  mayGoToAndFro: z.boolean().default(false),
  acts: z.partialRecord(z.enum(deviceActs), actFactsSchema).default({}),
})
export type DeviceFacts = z.output<typeof deviceFactsSchema>

const places: NoticePlaces = {
  inside: [{ node: '{}' }, { node: '{}.reports' }],
  recovery: [{ node: '{}.reports' }],
  owner: [{ node: '{other}', each: 'managed' }, { node: '{}.reports' }],
  members: [{ node: '{other}', each: 'managed' }],
  nearby: [{ node: '{}.in-hand' }],
  contacts: [{ node: 'person:suspect' }],
  suspect: [{ node: 'person:suspect' }],
}

/**
 * A device: anyone who holds it and has its code has all of it. A program, a manager or a mirror shows from afar what is
 * read and typed on it; so a new code that is typed under such eyes is known at once.
 */
export function writeDevice(facts: DeviceFacts): Parts {
  const parts = beginParts()
  const { code, reveals, acts } = facts
  askAboutDevice(parts, code)
  const looks = findTells(acts.look, places)
  const cleaned = endWith('clean-it:{}', acts['clean-it'], {
    id: 'see-clean:{}',
    do: 'Have {label} looked at again after some days: nothing stands there that reports or manages it',
    tells: looks,
    needs: ['{}'],
  })
  // The old one goes on as it was, wherever it lies, until nothing of the client's is open on it.
  const putAway = endWith('replace-it:{}', acts['replace-it'], {
    id: 'see-put-away:{}',
    do: 'See that the {label} that was replaced is off and in safe keeping, or that no account, no app and no SIM of the client’s is left on it',
    tells: looks,
    needs: ['person:client'],
  })
  parts.rules.push(...findUnlocking(code, putAway.by), ...findWatching(code, [...cleaned.by, ...putAway.by]))
  parts.steps.push(...makeDeviceSteps(facts, looks), ...cleaned.steps, ...putAway.steps)
  if (facts.mayGoToAndFro) writeToAndFro(parts, reveals, acts['clear-it'], places, looks)
  else parts.reveals.push({ from: '{}', ...reveals }, { from: '{}.reports', ...splitControl(reveals).read })
  parts.evidence.push({
    id: '{}.traces',
    weight: 25,
    preservedBy: ['photograph-settings:{}'],
    words: 'Photographs of the settings, the apps and the battery and data use of {label}',
  })
  return parts
}

const [code1, code2] = ['{}.passcode', '{}.new-passcode'] as const
const changed = ['change-passcode:{}']
const replaced = ['replace-it:{}']

function askAboutDevice(parts: PartsInHand, code: string): void {
  parts.questions.push(
    {
      kind: 'belief',
      id: 'hands',
      ask: 'Can the suspected person get hold of it?',
      hint: 'At home, while the client sleeps, through a child. One that they have for good is no device of the client’s: tick it with spare keys, post, bins and old devices.',
    },
    {
      kind: 'belief',
      id: 'passcode',
      ask: `Do they know the ${code}, or is their face or finger set up on it?`,
    },
    {
      kind: 'belief',
      id: 'watched',
      ask: 'May there be a program on it that reports to them, or is its screen or backup seen by them?',
      hint: 'They had it for a while, they set it up, they know what was typed or said.',
    },
    {
      kind: 'things',
      id: 'managed',
      ask: 'Is it managed by something on the map?',
      hint: 'Parental controls, a work profile, a family group.',
      of: ['managed-device', 'family-group'],
    },
  )
  parts.nodes.push(
    { id: '{}', kind: 'device', label: '{label}, unlocked' },
    { id: '{}.content', kind: 'content', label: 'what arrives on {label}' },
    { id: '{}.in-hand', kind: 'place', label: '{label}, in hand' },
    { id: code1, kind: 'secret', label: `the ${code} of {label}` },
    { id: code2, kind: 'secret', label: `the new ${code} of {label}` },
    { id: '{}.reports', kind: 'device', label: 'what is seen of {label} from afar' },
    { id: '{}.passwords', kind: 'content', label: 'the passwords saved on {label}' },
  )
  parts.holds.push(
    { who: 'client', node: '{}.in-hand' },
    { who: 'client', node: code1 },
    { who: 'suspect', node: '{}.in-hand', when: 'hands' },
    { who: 'suspect', node: code1, when: 'passcode' },
  )
}

/** Holding it, with its code, until it was `putAway`. */
function findUnlocking(code: string, putAway: readonly string[]): readonly RulePart[] {
  return [
    {
      ...makeRule('{}', ['{}.in-hand', code1], `picks it up and unlocks it with the ${code}`),
      unless: [...changed, ...putAway],
    },
    {
      ...makeRule('{}', ['{}.in-hand', code2], `picks it up and unlocks it with the new ${code}`),
      unless: putAway,
      if: changed,
    },
    { ...makeRule(code2, ['person:client'], `chooses the new ${code}`, 'client'), if: changed },
    {
      ...makeRule('{}', ['person:client'], 'sets up the new one and keeps its code alone', 'client'),
      if: replaced,
    },
  ]
}

/** Seeing from afar what is done on it. */
function findWatching(code: string, unless: readonly string[]): readonly RulePart[] {
  return [
    { ...makeRule(code2, ['{}.reports'], `sees the new ${code} being typed`, 'suspect'), if: changed },
    {
      ...makeRule(code1, ['{}.reports'], `has seen the ${code} being typed`, 'suspect'),
      atMost: 'suspected',
    },
    {
      ...makeRule('{}.reports', ['person:suspect'], 'sees from afar what is done on it', 'suspect'),
      unless,
      when: 'watched',
    },
    {
      ...makeRule('{}.reports', ['{other}'], 'sees what is done on it through {other}', 'suspect'),
      unless,
      each: 'managed',
    },
    makeRule('{}.content', ['{}'], 'reads what arrives on it'),
    makeRule('{}.content', ['{}.reports'], 'sees what arrives on it', 'suspect'),
    makeRule('{}.passwords', ['{}'], 'reads the passwords saved on it'),
    {
      ...makeRule('{}.passwords', ['{}.reports'], 'may see the passwords saved on it', 'suspect'),
      atMost: 'possible',
    },
  ]
}

function makeDeviceSteps({ code, acts }: DeviceFacts, looks: StepPart['tells']): readonly StepPart[] {
  return [
    makePhotographs('the settings pages and the list of apps', looks, ['{}'], acts.look),
    makeStep({
      id: 'change-passcode:{}',
      do: `Change the ${code} of {label}, and remove every face and finger but the client’s`,
      cost: [2, 0, 1, 1],
      tells: findTells(acts['change-passcode'], places),
      ...readOf(acts['change-passcode']),
      needs: ['{}'],
      exposes: ['{}.reports'],
      notices: sayNotices('The next time they pick it up, it stays shut.', acts['change-passcode']),
      lost: 'Nothing.',
      ready: `A ${code} of six characters or more that nobody who knows the client would guess.`,
      undo: 'Change it again.',
    }),
    makeStep({
      id: 'clean-it:{}',
      do: 'Have a trained person take off {label} what reports or manages it',
      cost: [6, 0, 3, 4],
      tells: findTells(acts['clean-it'], places),
      ...readOf(acts['clean-it']),
      needs: ['{}'],
      excludes: replaced,
      destroys: ['{}.traces'],
      notices: sayNotices(
        'The reports stop. Anyone who put it there may come and ask, or do worse.',
        acts['clean-it'],
      ),
      lost: 'The traces of the program, unless they are kept first.',
      ready:
        'A safe place to be when the reports stop, and the police’s word on whether they want the device first.',
      undo: 'It cannot be undone.',
    }),
    makeStep({
      id: 'replace-it:{}',
      do: 'Use another device in place of {label} that the suspected person never touched, set up as new',
      cost: [8, 10, 6, 2],
      tells: findTells(acts['replace-it'], places),
      ...readOf(acts['replace-it']),
      needs: ['{}.in-hand'],
      destroys: ['{}.traces'],
      notices: sayNotices(
        'The old one goes quiet when it is put away. It can stay charged and in place for as long as that is safer, and shows until then what is left on it.',
        acts['replace-it'],
      ),
      lost: 'What is not carried over by hand. Nothing is restored from a backup.',
      ready:
        'The new device, bought where no joint account shows it. A list of what is open on the old one: each is signed out there, or from the new one.',
      undo: 'Go back to the old one.',
    }),
  ]
}
