import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { floorPlan, foldersWithin, impureFiles, roomsWithoutRules } from './floor-plan.ts'
import { furnitureOf, projectFolder, readSourceFiles, type SourceFile } from './source-files.ts'

const files = readSourceFiles()
const byPath = new Map(files.map(file => [file.path, file]))
const floorOf = new Map(floorPlan.flatMap(({ floor, rooms }) => rooms.map(room => [room, floor] as const)))
const isRule = (file: SourceFile): boolean =>
  !roomsWithoutRules.includes(file.room) && furnitureOf(file.path) === 'rule' && !(file.path in impureFiles)

/** Fails with one sentence for each thing that is wrong. */
function expectNone(problems: readonly string[]): void {
  expect(problems.join('\n')).toBe('')
}

test('every room stands on a floor, and every import falls', () => {
  const problems: string[] = []
  for (const file of files) {
    const floor = floorOf.get(file.room)
    if (floor === undefined) problems.push(`${file.path} is in a room that is not on the floor plan`)
    for (const target of file.imports) {
      const other = target.split('/')[0] ?? ''
      if (target.startsWith('..') || other === file.room) continue
      const below = floorOf.get(other)
      if (floor === undefined || below === undefined || below >= floor) {
        problems.push(`${file.path} must not import ${target}: ${other} is not below ${file.room}`)
      }
    }
  }
  expectNone(problems)
})

test('inside a room every import falls too: rules, stores, operations, pages, and the folders of rules on their list', () => {
  const problems: string[] = []
  for (const file of files) {
    const floor = floorInside(file.path)
    for (const target of file.imports) {
      if (target.split('/')[0] !== file.room || folderOf(target) === folderOf(file.path)) continue
      const other = floorInside(target)
      if (floor !== undefined && other !== undefined && other >= floor)
        problems.push(
          `${file.path} must not import ${target}: ${folderOf(target)} is not below ${folderOf(file.path)}`,
        )
    }
  }
  expectNone(problems)
})

test('every folder of rules named on the floor plan is there, and a room with such a list has no others', () => {
  expectNone(
    Object.entries(foldersWithin).flatMap(([room, floors]) => {
      const named = floors.flat()
      const there = new Set(
        files.filter(file => file.room === room && isRule(file)).map(file => folderOf(file.path)),
      )
      return [
        ...named.filter(name => !there.has(name)).map(name => `${room}/${name} holds no rule`),
        ...[...there]
          .filter(name => name !== '' && !named.includes(name))
          .map(name => `${room}/${name} has no floor`),
      ]
    }),
  )
})

/** The folder of a file below its room; none for one that lies in the room itself. */
function folderOf(path: string): string {
  return path.split('/').slice(1, -1)[0] ?? ''
}

/** How high a file stands inside its room, or undefined where the room has no list of folders. */
function floorInside(path: string): number | undefined {
  const floors = foldersWithin[path.split('/')[0] ?? '']
  if (!floors) return undefined
  const furniture = furnitureOf(path)
  const above = floors.length
  if (furniture === 'page') return above + 3
  if (furniture === 'operation' || furniture === 'jobs') return above + 2
  if (furniture === 'store') return above + 1
  const floor = floors.findIndex(names => names.includes(folderOf(path)))
  return floor === -1 ? above : floor
}

test('every import leads to a file', () => {
  expectNone(
    files.flatMap(file =>
      file.imports
        .filter(target => !target.startsWith('..') && !byPath.has(target))
        .map(target => `${file.path} imports ${target}, which is not there`),
    ),
  )
})

test('1. only contact opens the mail', () => {
  expectNone(
    files
      .filter(
        file => file.room !== 'contact' && file.imports.some(target => target.startsWith('platform/mail')),
      )
      .map(file => `${file.path} opens the mail`),
  )
})

test('2. only evidence opens the blobs, and nothing can change or remove an original', () => {
  const openers = files
    // The seal and the demo go through evidence; `app` only says where the folder is.
    .filter(
      file =>
        !['evidence', 'platform'].includes(file.room) &&
        file.imports.some(target => target.startsWith('platform/blobs')),
    )
    .map(file => `${file.path} opens the blobs`)
  const blobs = byPath.get('platform/blobs.ts')?.text ?? ''
  expect(blobs).not.toBe('')
  const exported = [...blobs.matchAll(/export (?:async )?(?:function|const) (\w+)/g)].map(
    match => match[1] ?? '',
  )
  expectNone([
    ...openers,
    ...exported
      .filter(name => /delete|remove|update|overwrite|replace/i.test(name))
      .map(name => `platform/blobs exports ${name}`),
  ])
})

test('3. rules are pure: no clock, chance, environment, disk, network or database', () => {
  const unclean: readonly (readonly [RegExp, string])[] = [
    [/\bDate\.now\(/, 'reads the clock'],
    [/new Date\(\)/, 'reads the clock'],
    [/performance\.now\(/, 'reads the clock'],
    [/Math\.random\(/, 'uses chance'],
    [/process\.env/, 'reads the environment'],
  ]
  // yauzl is not here: the archive reader hands it byte ranges, and it opens nothing by itself.
  const libraries =
    /^(node:(fs|fs\/promises|net|http|https|child_process|worker_threads|os|dns|tls|process)|pg|kysely|fastify|graphile-worker|sharp)$/
  const problems: string[] = []
  for (const file of files.filter(isRule)) {
    const code = file.text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '')
    for (const [pattern, what] of unclean) if (pattern.test(code)) problems.push(`${file.path} ${what}`)
    for (const library of file.libraries)
      if (libraries.test(library)) problems.push(`${file.path} imports ${library}`)
    for (const target of file.imports) {
      const other = byPath.get(target)
      if (other && other.room !== 'foundation' && !isRule(other) && !isTypeOnly(file, target)) {
        problems.push(`${file.path} is a rule and must not import ${target}`)
      }
    }
  }
  expectNone(problems)
})

function isTypeOnly(file: SourceFile, target: string): boolean {
  const name = target.split('/').at(-1) ?? ''
  return [...file.text.matchAll(/import\s+(type\s+)?[^'"]*['"]([^'"]+)['"]/g)]
    .filter(match => match[2]?.endsWith(name))
    .every(match => match[1] !== undefined)
}

test('4. the verifier stands on rules alone, so it runs on a bare laptop', () => {
  const seen = new Set<string>()
  const problems: string[] = []
  const visit = (path: string): void => {
    if (seen.has(path)) return
    seen.add(path)
    const file = byPath.get(path)
    if (!file) return
    if (file.room !== 'foundation' && !isRule(file))
      problems.push(`bundle/verify.ts leads to ${path}, which is not a rule`)
    for (const target of file.imports) if (!isTypeOnly(file, target)) visit(target)
  }
  expect(byPath.has('bundle/verify.ts')).toBe(true)
  visit('bundle/verify.ts')
  expectNone(problems)
})

test('5. audit cannot change or remove an act', () => {
  const audit = files.filter(file => file.room === 'audit')
  expect(audit.length).toBeGreaterThan(0)
  expectNone(
    audit
      .filter(file => /updateTable|deleteFrom|\bupdate\s+unwatched|\bdelete\s+from/i.test(file.text))
      .map(file => `${file.path} changes or removes`),
  )
})

test('6. pages never touch a store, and no room reaches into the store or the pages of another', () => {
  const problems: string[] = []
  for (const file of files) {
    for (const target of file.imports) {
      const kind = furnitureOf(target)
      const sameRoom = target.startsWith(`${file.room}/`)
      if (furnitureOf(file.path) === 'page' && kind === 'store')
        problems.push(`${file.path} touches ${target}`)
      if (roomsWithoutRules.includes(target.split('/')[0] ?? '')) continue
      if (!sameRoom && kind === 'store') problems.push(`${file.path} reaches into ${target}`)
      if (!sameRoom && kind === 'page' && file.room !== 'app')
        problems.push(`${file.path} reaches into ${target}`)
    }
  }
  expectNone(problems)
})

test('7. web holds no word of the domain', () => {
  const words =
    /\b(stalk\w*|victim|suspect\w*|referral|incident|exhibit|evidence|chronolog\w*|clinic|police|safety plan|abuse\w*|consent|advocate|adviser)\b/i
  expectNone(
    files
      .filter(file => file.room === 'web')
      .flatMap(file => {
        const found = words.exec(file.text)
        return found ? [`${file.path} says “${found[0]}”`] : []
      }),
  )
})

test('8. insight receives counts, never names or case ids', () => {
  expectNone(
    files
      .filter(file => file.room === 'insight' && /CaseId|client_name|clientName/.test(file.text))
      .map(file => `${file.path} speaks of a person or a case`),
  )
})

test('10. there is no cycle of imports', () => {
  const state = new Map<string, 'open' | 'done'>()
  const problems: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'done') return
    if (state.get(path) === 'open') {
      problems.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
      return
    }
    state.set(path, 'open')
    for (const target of byPath.get(path)?.imports ?? [])
      if (byPath.has(target)) visit(target, [...trail, path])
    state.set(path, 'done')
  }
  for (const file of files) visit(file.path, [])
  expectNone(problems)
})

test('11. the floors printed in ARCHITECTURE.md are the floors of the house', () => {
  const printed = readFileSync(join(projectFolder, 'ARCHITECTURE.md'), 'utf8')
  const rows = [...printed.matchAll(/^\| (\d+) \| ([a-z· -]+) \|$/gm)].map(match => ({
    floor: Number(match[1]),
    rooms: (match[2] ?? '').split('·').map(room => room.trim()),
  }))
  expect(rows).toEqual(floorPlan)
})

test('no file is over 400 lines, and none has a name that says nothing', () => {
  const nothing = /(^|\/)(utils?|helpers?|common|misc|managers?|types|index)(\.ts|\/)/
  expectNone([
    // What a script writes from the database is as long as the database.
    ...files
      .filter(file => file.lines > 400 && file.path !== 'platform/schema.ts')
      .map(file => `${file.path} has ${file.lines} lines`),
    ...files.filter(file => nothing.test(file.path)).map(file => `${file.path} has a name that says nothing`),
  ])
})

test('no function is over 95 lines: a longer one becomes a table or parts', () => {
  const measured = files.flatMap(measureFunctions)
  expect(measured.length).toBeGreaterThan(2_000)
  expectNone(
    measured
      .filter(({ lines }) => lines > 95)
      .map(({ path, name, lines }) => `${name} in ${path} has ${lines} lines`),
  )
})

/** Every function that stands by itself in a file, with those inside it: its end stands alone at the start of a line. */
function measureFunctions({ path, text }: SourceFile) {
  const lines = text.split('\n')
  return lines.flatMap((line, at) => {
    const [, name, arrow] =
      /^(?:export )?(?:(?:async )?function\*? (\w+)|const (\w+)\b.*[({]$)/.exec(line) ?? []
    const isTable = arrow !== undefined && !/=>|\($/.test(line)
    if ((name ?? arrow) === undefined || isTable) return []
    return [{ path, name: name ?? arrow, lines: lines.slice(at).findIndex(each => /^[})]+$/.test(each)) + 1 }]
  })
}

test('every room that has files says what it is for in a README', () => {
  const rooms = readdirSync(join(projectFolder, 'src'))
  expectNone(
    rooms
      .filter(room => !existsSync(join(projectFolder, 'src', room, 'README.md')))
      .map(room => `src/${room} has no README.md`),
  )
})

test('every impure file named on the floor plan is there', () => {
  expectNone(
    Object.keys(impureFiles)
      .filter(path => !byPath.has(path))
      .map(path => `test/floor-plan.ts names ${path}, which is gone`),
  )
})
