import { readdir, readFile } from 'node:fs/promises'
import {
  type CatalogueEntry,
  type CatalogueFinding,
  type CatalogueQuestion,
  parseCatalogueEntry,
} from './catalogue-entry.ts'

export type Catalogue = {
  readonly entries: ReadonlyMap<string, CatalogueEntry>
  /** What is wrong with entries that had to be left out. */
  readonly findings: readonly CatalogueFinding[]
}

const shipped = new URL('catalogue/', import.meta.url)
let readOnce: Promise<Catalogue> | null = null

/**
 * Reads the catalogue from its folder: one file for each entry, named by its id. An entry that cannot be used is left
 * out and reported; the others are still there. The catalogue that ships does not change while the program runs, and
 * is read once.
 */
export async function loadCatalogue(folder: URL = shipped): Promise<Catalogue> {
  if (folder !== shipped) return readCatalogue(folder)
  readOnce ??= readCatalogue(folder)
  return readOnce
}

async function readCatalogue(folder: URL): Promise<Catalogue> {
  const entries = new Map<string, CatalogueEntry>()
  const findings: CatalogueFinding[] = []
  const names = (await readdir(folder)).filter(name => name.endsWith('.json')).sort()
  for (const name of names) {
    const id = name.slice(0, -'.json'.length)
    let value: unknown
    try {
      value = JSON.parse(await readFile(new URL(name, folder), 'utf8'))
    } catch {
      findings.push({ entry: id, place: '', says: 'is not JSON' })
      continue
    }
    const read = parseCatalogueEntry(id, value)
    if (read.ok) entries.set(id, read.entry)
    else findings.push(...read.findings)
  }
  for (const entry of entries.values()) {
    const say = (place: string, says: string): void => {
      findings.push({ entry: entry.id, place, says })
    }
    for (const kind of entry.like.filter(each => !entries.has(each)))
      say('like', `is like ${kind}, which is not in the catalogue`)
    for (const question of entry.questions) {
      if (question.kind !== 'things') continue
      for (const other of question.of.filter(each => !entries.has(each)))
        say(question.id, `speaks of ${other}, which is not in the catalogue`)
    }
  }
  return { entries: offerMakers(entries), findings }
}

/** Wherever a kind of thing may be ticked, so may every maker's own that is like it. */
function offerMakers(entries: ReadonlyMap<string, CatalogueEntry>): ReadonlyMap<string, CatalogueEntry> {
  const makersOf = (kind: string): readonly string[] =>
    [...entries.values()].filter(({ like }) => like.includes(kind)).map(({ id }) => id)
  const offer = (question: CatalogueQuestion): CatalogueQuestion =>
    question.kind === 'things'
      ? { ...question, of: [...new Set(question.of.flatMap(each => [each, ...makersOf(each)]))] }
      : question
  return new Map([...entries].map(([id, entry]) => [id, { ...entry, questions: entry.questions.map(offer) }]))
}
