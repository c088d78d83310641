import { type Finding, type FindingLog, makeFindingLog, quote } from '../format/finding-log.ts'
import { readJson, readShape } from '../format/read-shape.ts'
import { type AccessMap, dearest, mapShape, weighStep } from './map.ts'

export type ReadMap =
  | { readonly ok: true; readonly map: AccessMap }
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
  return { ok: true, map: { ...map, steps } }
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
