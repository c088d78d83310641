import type { AccessMap } from '../../src/access-engine/reach/map.ts'
import { readMapValue } from '../../src/access-engine/reach/read-map.ts'
import { makeChance } from './chance.ts'

/**
 * A small map in which things open one another, each by its own password, a session, another thing that resets it, or two things
 * together; with steps of different length that end these, mostly noticed. All steps are meant to be taken.
 *
 * @param steps how many steps there are at most
 * @param hasClocks some acts are only seen to have worked after hours; steps say how many minutes they take
 */
export function makeRoots(seed: number, steps: number, hasClocks = false): AccessMap {
  const chance = makeChance(seed)
  const things = Array.from({ length: 2 + chance.below(3) }, (_, index) => `thing:${index}`)
  const nodes = [...things, 'watched', 'place', 'info:a', 'info:b'].map(id => ({ id }))
  const made: { id: string; [field: string]: unknown }[] = []
  const rules: { to: string; from: string[]; [field: string]: unknown }[] = []
  const suspect = ['place']
  const secrets: string[] = []
  const addStep = (id: string, more: Record<string, unknown> = {}): boolean => {
    if (made.length >= steps) return false
    const after = chance.is(0.3) && made.length > 0 ? [chance.pick(made).id] : []
    made.push({ id, cost: { effort: 1 + chance.below(6) }, alerts: chance.is(0.75), after, ...more })
    return true
  }
  const isWatched = chance.is(0.4) && addStep('clean')
  if (isWatched) {
    suspect.push('watched-by')
    rules.push({ to: 'watched', from: ['watched-by'], unless: ['clean'] })
  }
  for (const [index, thing] of things.entries()) {
    const secret = `secret:${index}`
    const exposes = isWatched && chance.is(0.5) ? ['watched'] : []
    if (addStep(`change:${index}`, { exposes })) {
      secrets.push(secret, `secret:new-${index}`)
      suspect.push(secret)
      rules.push({ to: thing, from: [secret], unless: [`change:${index}`] })
      if (exposes.length > 0)
        rules.push(
          { to: `secret:new-${index}`, from: ['watched'], if: [`change:${index}`], who: 'suspect' },
          { to: thing, from: [`secret:new-${index}`], if: [`change:${index}`], who: 'suspect' },
        )
    }
    if (chance.is(0.5) && addStep(`sign-out:${index}`))
      rules.push({ to: thing, from: ['place'], who: 'suspect', unless: [`sign-out:${index}`] })
    const other = chance.pick(things)
    if (other !== thing && chance.is(0.6)) {
      const own = chance.is(0.4) && addStep(`recovery:${index}`)
      rules.push({ to: thing, from: [other], unless: own ? [`recovery:${index}`] : [] })
    }
    const [one, two] = [chance.pick(things), chance.pick(things)]
    if (one !== two && one !== thing && two !== thing && chance.is(0.4))
      rules.push({ to: thing, from: [one, two] })
    if (chance.is(0.6)) rules.push({ to: chance.pick(['info:a', 'info:b']), from: [thing] })
  }
  if (hasClocks) addClocks(makeChance(seed + 10_000), { things, made, rules, steps })
  const preserving = made.find(({ alerts }) => alerts === false)
  const destroying = made.at(-1)
  if (preserving && destroying && preserving !== destroying) destroying['destroys'] = ['evidence:list']
  const read = readMapValue({
    nodes: [
      ...nodes,
      { id: 'watched-by' },
      { id: 'old-address' },
      ...secrets.map(id => ({ id, kind: 'secret' })),
    ],
    rules,
    holds: { suspect: [...suspect, ...(hasClocks ? ['old-address'] : [])], client: things },
    steps: made,
    protect: ['info:a', 'info:b'],
    keep: things.filter(() => chance.is(0.8)),
    evidence: [
      { id: 'evidence:list', weight: 5, preservedBy: preserving ? [preserving.id] : [] },
      ...(hasClocks ? dateEvidence(seed, made) : []),
    ],
  })
  if (!read.ok) throw new Error(JSON.stringify(read.findings))
  return read.map
}

type MadeStep = { id: string; [field: string]: unknown }

/** Acts that end a path only after some hours, each with the look that shows it, in the place of the last steps. */
function addClocks(
  chance: ReturnType<typeof makeChance>,
  {
    things,
    made,
    rules,
    steps,
  }: {
    readonly things: readonly string[]
    readonly made: MadeStep[]
    readonly rules: { to: string; from: string[]; [field: string]: unknown }[]
    readonly steps: number
  },
): void {
  for (const step of made) if (chance.is(0.5)) step['minutes'] = 1 + chance.below(40)
  const clocks = Math.min(1 + chance.below(2), things.length)
  while (made.length > steps - 2 * clocks) made.pop()
  const there = new Set(made.map(({ id }) => id))
  for (const step of made) step['after'] = (step['after'] as string[]).filter(id => there.has(id))
  for (const rule of rules)
    for (const field of ['unless', 'if'])
      rule[field] = ((rule[field] ?? []) as string[]).filter(id => there.has(id))
  for (const [index, thing] of things.slice(0, clocks).entries()) {
    const [act, look] = [`replace:${index}`, `see-replaced:${index}`]
    const rest = made.map(({ id }) => id)
    made.push({
      id: act,
      minutes: 1 + chance.below(40),
      alerts: chance.is(0.8),
      after: chance.is(0.3) && rest.length > 0 ? [chance.pick(rest)] : [],
    })
    made.push({
      id: look,
      minutes: 1 + chance.below(10),
      alerts: chance.is(0.3),
      after: [act],
      requires: [act],
      waits: 24 * (1 + chance.below(30)),
    })
    rules.push({ to: thing, from: ['old-address'], who: 'suspect', unless: [look] })
  }
}

/** Recordings that go by themselves and that some of the steps keep. */
function dateEvidence(seed: number, made: readonly MadeStep[]): readonly Record<string, unknown>[] {
  const chance = makeChance(seed + 20_000)
  const keepers = made.filter(step => step['waits'] === undefined)
  return keepers
    .filter(() => chance.is(0.3))
    .map((step, index) => ({
      id: `evidence:recording-${index}`,
      weight: 5,
      goes: 24 * (1 + chance.below(28)),
      preservedBy: [step.id],
    }))
}
