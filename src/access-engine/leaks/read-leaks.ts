import { type Finding, makeFindingLog } from '../format/finding-log.ts'
import { readJson, readShape } from '../format/read-shape.ts'
import { type LeakCase, leaksShape } from './leak-case.ts'

export type ReadLeaks =
  | { readonly ok: true; readonly leaks: LeakCase }
  | { readonly ok: false; readonly findings: readonly Finding[] }

/**
 * Reads the input of the leak finder from the text of a hostile file. Answers the case, or what is wrong with the file; a
 * list that would be very long says how many more there are.
 */
export function readLeaks(json: string): ReadLeaks {
  const log = makeFindingLog()
  const read = readJson(json, log)
  if (read === undefined) return { ok: false, findings: log.list() }
  const leaks = readShape(leaksShape, read.value, log)
  const findings = log.list()
  return findings.length > 0 ? { ok: false, findings } : { ok: true, leaks }
}
