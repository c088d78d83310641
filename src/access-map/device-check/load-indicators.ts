import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type DatedIndicators, dateIndicator } from './indicator-age.ts'
import { type IndicatorFile, largestIndicatorFile, parseIndicatorFile } from './indicator-file.ts'

/** More files than anybody keeps. The rest is reported. */
const mostFiles = 50

const parsed = new Map<string, { readonly state: string; readonly file: IndicatorFile }>()

/**
 * Reads the indicator files in the operator's folder as they are now, so that a new one counts at once. A file that
 * cannot be read is reported and never stops the others. Empty when no folder is named.
 */
export async function loadIndicators(folder: string | null): Promise<readonly DatedIndicators[]> {
  if (folder === null) return []
  let names: readonly string[]
  try {
    names = (await readdir(folder)).filter(name => !/^(\.|readme|licen[cs]e)/i.test(name)).sort()
  } catch {
    return [
      {
        name: 'the folder',
        families: [],
        problems: ['cannot be read'],
        date: '1970-01-01',
        dateFrom: 'file',
      },
    ]
  }
  return Promise.all(names.map((name, index) => loadOne(folder, name, index)))
}

async function loadOne(folder: string, name: string, index: number): Promise<DatedIndicators> {
  const path = join(folder, name)
  const untold = (problem: string, changed = new Date(0)): DatedIndicators => ({
    ...dateIndicator(name, changed),
    name,
    families: [],
    problems: [problem],
  })
  try {
    const facts = await stat(path)
    const { mtime, mtimeMs, size } = facts
    if (!facts.isFile()) return untold('is not a file', mtime)
    if (index >= mostFiles) return untold(`is one of more than ${mostFiles} files, and is not read`, mtime)
    if (size > largestIndicatorFile) return untold('is larger than 2 MB, which no indicator file is', mtime)
    const state = `${mtimeMs} ${size}`
    const known = parsed.get(path)
    const file = known?.state === state ? known.file : parseIndicatorFile(name, await readFile(path, 'utf8'))
    parsed.set(path, { state, file })
    return { ...file, ...dateIndicator(name, mtime) }
  } catch {
    return untold('cannot be read')
  }
}
