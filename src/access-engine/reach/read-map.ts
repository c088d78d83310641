import { type Finding, type FindingLog, makeFindingLog, quote } from '../format/finding-log.ts'
import { readJson, readShape } from '../format/read-shape.ts'
import { type AccessMap, dearest, mapShape, weighStep } from './map.ts'

export type ReadMap =
  | {
      readonly ok: true
      readonly map: AccessMap
      /** What the file leaves out and the answers depend on, in sentences: as what it was counted. */
      readonly unsaid: readonly string[]
    }
  | { readonly ok: false; readonly findings: readonly Finding[] }

/**
 * Reads a map from the text of a hostile file. Whatever is in it, the answer is a map or the list of what is wrong; a list
 * that would be very long says how many more there are. Cycles are not wrong: mailboxes do recover each other.
 */
export function readMap(json: string): ReadMap {
  const log = makeFindingLog()
  const read = readJson(json, log)
  return read === undefined ? { ok: false, findings: log.list() } : readInto(log, read.value)
}

/** The same, from a value that is already parsed. */
export function readMapValue(value: unknown): ReadMap {
  return readInto(makeFindingLog(), value)
}

function readInto(log: FindingLog, value: unknown): ReadMap {
  const map = readShape(mapShape, value, log)
  noteContradictions(map, log)
  const findings = log.list()
  if (findings.length > 0) return { ok: false, findings }
  // A step cannot wait for itself.
  const steps = map.steps.map(step => ({ ...step, after: step.after.filter(other => other !== step.id) }))
  return { ok: true, map: { ...map, steps }, unsaid: sayUnsaid(value) }
}

type Written = Readonly<Record<string, unknown>>

/** The objects of a list of the file, as they were written. A text alone says nothing but its one field. */
function listWritten(value: unknown, name: string): readonly Written[] {
  const list = (value as Written)[name]
  return Array.isArray(list) ? list.map(each => (typeof each === 'string' ? {} : (each as Written))) : []
}

/**
 * What a map that can be used does not say. A step is noticed where nothing is said of it, which is the worse case. The
 * other fields have no worse case that could be named: nobody can tell what else a step would need, open or destroy.
 */
function sayUnsaid(value: unknown): readonly string[] {
  const steps = listWritten(value, 'steps')
  const evidence = listWritten(value, 'evidence')
  const count = (of: readonly Written[], ...names: readonly string[]): number =>
    of.filter(each => names.some(name => each[name] === undefined)).length
  const say = (many: number, one: string, more: string): readonly string[] =>
    many === 0 ? [] : [many === 1 ? `1 ${one}` : `${many} ${more}`]
  const open = evidence.length > 0 ? ['needs', 'exposes', 'destroys'] : ['needs', 'exposes']
  const named = `${open.slice(0, -1).join(', ')} or ${open.at(-1) ?? ''}`
  return [
    ...say(
      count(steps, 'alerts'),
      'step does not say whether it is noticed: counted as noticed.',
      'steps do not say whether they are noticed: counted as noticed.',
    ),
    ...say(
      count(steps, ...open),
      `step leaves out ${named}: counted as none, which is the kinder case.`,
      `steps leave out ${named}: counted as none, which is the kinder case.`,
    ),
    ...say(
      count(evidence, 'weight'),
      'piece of evidence has no weight: losing it counts for nothing.',
      'pieces of evidence have no weight: losing them counts for nothing.',
    ),
    ...say(
      count(listWritten(value, 'channels'), 'fact'),
      'channel does not say where it is seen that there was contact: judged by what is said on it alone.',
      'channels do not say where it is seen that there was contact: judged by what is said on them alone.',
    ),
  ]
}

/** What each field allows, and all of them together do not. */
function noteContradictions(map: AccessMap, log: FindingLog): void {
  for (const [index, { since, until }] of map.rules.entries()) {
    if (since !== undefined && until !== undefined && since > until)
      log.noteAt(['rules', index, 'until'], 'days', 'contradiction', 'is before the day on which it begins')
  }
  for (const [index, step] of map.steps.entries()) {
    const cost = weighStep(step, map.weights)
    const place = ['steps', index, 'cost']
    if (!Number.isInteger(cost))
      log.noteAt(place, 'cost', 'not-whole', 'must come to a whole number after weighting')
    else if (cost > dearest)
      log.noteAt(place, 'cost', 'too-large', `comes to ${cost} after weighting; the most is ${dearest}`)
  }
  const out = new Set(map.force.out)
  for (const [index, id] of map.force.in.entries()) {
    if (out.has(id))
      log.noteAt(
        ['force', 'in', index],
        'force',
        'contradiction',
        () => `forces ${quote(id)} in, and force.out forces it out`,
      )
  }
}
