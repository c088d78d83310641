import { type FieldReader, type Finding, makeFieldReader } from '../reach/field-reader.ts'
import type { LeakCase, LeakTest } from './leak-case.ts'

export type ReadLeaks =
  | { readonly ok: true; readonly leaks: LeakCase }
  | { readonly ok: false; readonly findings: readonly Finding[] }

/**
 * Reads the input of the leak finder from the text of a hostile file. Answers the case, or everything that is wrong
 * with the file.
 */
export function readLeaks(text: string): ReadLeaks {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, findings: [{ place: 'file', code: 'not-json', message: 'is not JSON' }] }
  }
  const read = makeFieldReader()
  const file = read.object(value, 'file')
  if (read.findings.length > 0) return { ok: false, findings: read.findings }
  for (const name of ['sources', 'incidents'])
    if (file[name] === undefined)
      read.note(name, 'missing', 'is missing: without it there is nothing to rank')
  const known = new Set<string>()
  const sources = read.list(file['sources'], 'sources', (item, place) => {
    const fields = read.object(item, place)
    const id = read.text(fields['id'], `${place}.id`)
    if (known.has(id)) read.note(`${place}.id`, 'twice', 'is there twice')
    known.add(id)
    return {
      id,
      label: read.optionalText(fields['label'], `${place}.label`, id),
      prior: read.amount(fields['prior'], `${place}.prior`, 0.1, 1),
      a: readShape(read, fields['a'], `${place}.a`),
      b: readShape(read, fields['b'], `${place}.b`),
    }
  })
  const source = (item: unknown, place: string): string => {
    const id = read.text(item, place)
    if (id !== '' && !known.has(id)) read.note(place, 'unknown-id', 'names a source that is not in the list')
    return id
  }
  const carriersOf = (value: unknown, place: string) => [...new Set(read.list(value, place, source))]
  const incidents = read.list(file['incidents'], 'incidents', (item, place, index) => {
    const fields = read.object(item, place)
    if (typeof fields['knew'] !== 'boolean')
      read.note(`${place}.knew`, 'wrong-shape', 'must be true or false')
    return {
      id: read.optionalText(fields['id'], `${place}.id`, String(index + 1)),
      knew: fields['knew'] === true,
      carriers: carriersOf(fields['carriers'], `${place}.carriers`),
      otherwise: read.amount(fields['otherwise'], `${place}.otherwise`, 0.01, 1),
    }
  })
  const tests = read.list(file['tests'], 'tests', (item, place): LeakTest => {
    const fields = read.object(item, place)
    const id = read.text(fields['id'], `${place}.id`)
    const about = {
      id,
      label: read.optionalText(fields['label'], `${place}.label`, id),
      cost: read.amount(fields['cost'], `${place}.cost`, 0, 1e6),
      risk: read.amount(fields['risk'], `${place}.risk`, 0, 1e6),
    }
    if (fields['source'] === undefined)
      return {
        ...about,
        carriers: carriersOf(fields['carriers'], `${place}.carriers`),
        otherwise: read.amount(fields['otherwise'], `${place}.otherwise`, 0.01, 1),
      }
    return {
      ...about,
      source: source(fields['source'], `${place}.source`),
      hit: read.amount(fields['hit'], `${place}.hit`, 0.9, 1),
      falseAlarm: read.amount(fields['falseAlarm'], `${place}.falseAlarm`, 0.02, 1),
    }
  })
  if (read.findings.length > 0) return { ok: false, findings: read.findings }
  return { ok: true, leaks: { sources, incidents, tests } }
}

function readShape(read: FieldReader, value: unknown, place: string): number {
  const shape = read.amount(value, place, 1, 10_000)
  if (shape > 0) return shape
  read.note(place, 'wrong-shape', 'must be more than nothing')
  return 1
}
