import { createHash } from 'node:crypto'
import { encodePath } from '../../src/bundle/bagit/manifest-lines.ts'
import { canonicalJson, type Json } from '../../src/foundation/canonical-json.ts'
import { sha256 } from '../../src/foundation/digest.ts'

/** The files of a bundle as somebody altered them. */
export type Bag = Map<string, Uint8Array>

/** One thing an adversary does, and what a red check must name for it: each of these, somewhere in its places. */
export type Forgery = { readonly what: string; readonly bag: Bag; readonly places: readonly string[] }

const lists = [
  'bag-info.txt',
  'manifest-sha256.txt',
  'manifest-sha512.txt',
  'tagmanifest-sha256.txt',
  'tagmanifest-sha512.txt',
]
const excerptPath = 'data/custody/excerpt.json'

/**
 * Makes every sum that nobody signs right again: the size of the payload and the four lists, written as the clinic
 * writes them. Those named are left as the adversary wants them.
 */
export function relist(bag: Bag, except: readonly string[] = []): Bag {
  const paths = () => [...bag.keys()].sort()
  const put = (path: string, text: string) => {
    if (!except.includes(path)) bag.set(path, Buffer.from(text))
  }
  const payload = paths().filter(path => path.startsWith('data/'))
  const bytes = payload.reduce((sum, path) => sum + (bag.get(path)?.length ?? 0), 0)
  const info = textOf(bag, 'bag-info.txt')
  if (info !== '')
    put('bag-info.txt', info.replace(/Payload-Oxum: .*/, `Payload-Oxum: ${bytes}.${payload.length}`))
  const write = (name: string, algorithm: string, isListed: (path: string) => boolean) =>
    put(
      name,
      paths()
        .filter(isListed)
        .map(
          path =>
            `${createHash(algorithm)
              .update(bag.get(path) ?? '')
              .digest('hex')}  ${encodePath(path)}\n`,
        )
        .join(''),
    )
  for (const algorithm of ['sha256', 'sha512'])
    if (bag.has(`manifest-${algorithm}.txt`))
      write(`manifest-${algorithm}.txt`, algorithm, path => path.startsWith('data/'))
  for (const algorithm of ['sha256', 'sha512'])
    if (bag.has(`tagmanifest-${algorithm}.txt`))
      write(
        `tagmanifest-${algorithm}.txt`,
        algorithm,
        path => !path.startsWith('data/') && !path.startsWith('tagmanifest-'),
      )
  return bag
}

export const textOf = (bag: ReadonlyMap<string, Uint8Array>, path: string): string =>
  Buffer.from(bag.get(path) ?? '').toString()

/** Every method to alter the files themselves, with everything unsigned made right again. */
export function* alterFiles(files: ReadonlyMap<string, Uint8Array>): Generator<Forgery> {
  const forge = (
    what: string,
    places: readonly string[],
    change: (bag: Bag) => void,
    keep: readonly string[] = [],
  ) => {
    const bag = new Map(files)
    change(bag)
    return { what, places, bag: relist(bag, keep) }
  }
  const paths = [...files.keys()]
  for (const [index, path] of paths.entries()) {
    const bytes = files.get(path) ?? new Uint8Array()
    const contents: readonly (readonly [string, Uint8Array])[] = [
      ['one byte changed at its beginning', flip(bytes, 0)],
      ['one byte changed in its middle', flip(bytes, bytes.length >> 1)],
      ['one byte changed at its end', flip(bytes, bytes.length - 1)],
      ['its last byte gone', bytes.slice(0, -1)],
      ['a line end behind it', Buffer.concat([bytes, Buffer.from('\n')])],
      ['a zero byte behind it', Buffer.concat([bytes, Buffer.from([0])])],
      ['a byte order mark before it', Buffer.concat([Buffer.from('\ufeff'), bytes])],
      ['nothing in it', new Uint8Array()],
      [
        'Windows line ends',
        Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('\n', '\r\n'), 'latin1'),
      ],
    ]
    for (const [what, content] of contents) {
      if (Buffer.from(content).equals(bytes)) continue
      yield forge(`${path}: ${what}`, [path], bag => bag.set(path, content), [path])
    }
    yield forge(`${path}: taken out`, [path], bag => void bag.delete(path))
    for (const name of [`${path}.old`, path.toUpperCase(), path.normalize('NFD'), `x${path}`]) {
      if (name === path) continue
      const move = (bag: Bag) => {
        bag.delete(path)
        bag.set(name, bytes)
      }
      yield forge(`${path}: renamed ${name}`, [path], move)
      yield forge(`${path}: there again as ${name}`, [name], bag => bag.set(name, Buffer.from('a twin')))
    }
    const other = paths[(index + 1) % paths.length] ?? ''
    const swap = (bag: Bag) => {
      bag.set(path, files.get(other) ?? bytes)
      bag.set(other, bytes)
    }
    const swapped = [path, other].filter(each => lists.includes(path) || !lists.includes(each))
    // Without its statement nobody can say what else should be there.
    const statement = swapped.filter(each => each === 'unwatched-statement.json')
    yield forge(`${path}: swapped with ${other}`, statement.length > 0 ? statement : swapped, swap, [
      path,
      other,
    ])
  }
  for (const path of [
    'data/added.txt',
    'data/exhibits/ABC-9/added.txt',
    'data/exhibits/ABC-1/added.txt',
    'data/custody/second.json',
    'added.txt',
    'fetch.txt',
    'manifest-md5.txt',
    'tagmanifest-md5.txt',
    '.DS_Store',
    'unwatched-statement-2.json',
  ])
    yield forge(`added ${path}`, [path], bag => bag.set(path, Buffer.from('added')))
}

/** Every method to alter the lists themselves, whose sums are made right where another list holds them. */
export function* alterLists(files: ReadonlyMap<string, Uint8Array>): Generator<Forgery> {
  for (const path of lists) {
    const lines = textOf(files, path).split(/(?<=\n)/)
    const changes = lines.flatMap((line, index): readonly (readonly [string, readonly string[]])[] => [
      [`line ${index} gone`, lines.toSpliced(index, 1)],
      [`line ${index} twice`, lines.toSpliced(index, 0, line)],
      [`line ${index} loud`, lines.with(index, line.toUpperCase())],
      [`line ${index} and the next swapped`, swapNext(lines, index)],
    ])
    for (const [what, changed] of changes) {
      const text = changed.join('')
      if (text === lines.join('')) continue
      const bag = new Map(files).set(path, Buffer.from(text))
      yield { what: `${path}: ${what}`, bag: relist(bag, [path]), places: [path] }
    }
  }
}

/** Every method to alter every field of every JSON in a bundle, each line of custody in the excerpt among them. */
export function* alterJson(files: ReadonlyMap<string, Uint8Array>): Generator<Forgery> {
  for (const path of [...files.keys()].filter(each => each.endsWith('.json'))) {
    const text = textOf(files, path).trimEnd()
    for (const [what, changed] of changeJson(JSON.parse(text) as Json)) {
      const bag = new Map(files).set(path, Buffer.from(`${changed}\n`))
      yield { what: `${path}: ${what}`, bag: relist(bag), places: [path] }
    }
    for (const [what, changed] of changeText(text)) {
      const bag = new Map(files).set(path, Buffer.from(changed))
      yield { what: `${path}: ${what}`, bag: relist(bag), places: [path] }
    }
  }
  type Line = { readonly index: number; readonly text: string; readonly proof: readonly string[] }
  const excerpt = JSON.parse(textOf(files, excerptPath)) as { readonly lines: readonly Line[] }
  for (const [at, line] of excerpt.lines.entries()) {
    for (const [what, changed] of changeJson(JSON.parse(line.text) as Json)) {
      let digest = ''
      const lines = excerpt.lines.map((each, index) => {
        let text = index === at ? changed : each.text
        // The chain of those that follow is made right as well: nobody signs it line by line.
        if (index > at && excerpt.lines[index - 1]?.index === each.index - 1)
          text = canonicalJson({ ...(JSON.parse(text) as { [name: string]: Json }), previous: digest })
        digest = sha256(text)
        return { ...each, text }
      })
      const bag = new Map(files).set(excerptPath, Buffer.from(`${canonicalJson({ ...excerpt, lines })}\n`))
      yield { what: `${excerptPath}, line ${line.index}: ${what}`, bag: relist(bag), places: [excerptPath] }
    }
  }
}

/** The canonical text of every value that differs from this one in one place. */
function* changeJson(value: Json): Generator<readonly [string, string]> {
  for (const [where, parent, key] of placesIn(value)) {
    const now = parent[key as never] as Json
    const put = (changed: Json | undefined) => {
      const copy = structuredClone(value) as Json
      const at = find(copy, where.slice(0, -1)) as { [name: string]: Json }
      if (changed !== undefined) at[key] = changed
      else if (Array.isArray(at)) at.splice(Number(key), 1)
      else delete at[key]
      return canonicalJson(copy)
    }
    const name = where.join('.')
    if (typeof now === 'string') {
      yield [`${name} longer`, put(`${now}x`)]
      yield [`${name} shorter`, put(now.slice(0, -1))]
      if (now !== now.toUpperCase()) yield [`${name} in capitals`, put(now.toUpperCase())]
    }
    if (typeof now === 'number') {
      yield [`${name} more`, put(now + 1)]
      yield [`${name} less`, put(now - 1)]
      yield [`${name} as text`, put(String(now))]
    }
    yield [`${name} gone`, put(undefined)]
    if (now !== null) yield [`${name} null`, put(null)]
    if (Array.isArray(now)) {
      yield [`${name} with one more`, put([...now, now[0] ?? 'more'])]
      for (let index = 0; index + 1 < now.length; index += 1)
        yield [`${name} with ${index} and the next swapped`, put(swapNext(now, index))]
    } else if (typeof now === 'object' && now !== null)
      yield [`${name} with a member more`, put({ ...now, added: 1 })]
  }
  if (!Array.isArray(value)) yield ['a member more', canonicalJson({ ...(value as object), added: 1 })]
}

/** Other texts with the same value, or with something that many readers of JSON would not see. */
function changeText(text: string): readonly (readonly [string, string])[] {
  const [first = ''] = Object.keys(JSON.parse(text) as object)
  return [
    ['without its line end', text],
    ['with spaces', `${JSON.stringify(JSON.parse(text), null, 1)}\n`],
    ['its members in another order', `${reversed(text)}\n`],
    ['a member twice', `${text.replace('{', `{${JSON.stringify(first)}:"x",`)}\n`],
    ['a letter written as its code', `${text.replace(/"([a-z])/, writeAsCode)}\n`],
    ['a space behind its line end', `${text}\n `],
    ['a second value behind it', `${text}\n{}\n`],
    ['a zero byte behind it', `${text}\n\u0000`],
    ['a byte order mark', `\ufeff${text}\n`],
    ['a null byte inside', `${text.slice(0, 1)} \u0000${text.slice(1)}\n`],
  ]
}

const writeAsCode = (_: string, letter: string) => `"\\u00${letter.charCodeAt(0).toString(16)}`

function reversed(text: string): string {
  const entries = Object.entries(JSON.parse(text) as object).reverse()
  return `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${canonicalJson(value as Json)}`).join(',')}}`
}

type Parent = { readonly [name: string]: Json }

function placesIn(
  value: Json,
  where: readonly string[] = [],
): readonly (readonly [readonly string[], Parent, string])[] {
  if (typeof value !== 'object' || value === null) return []
  // Of a long list its ends and its middle stand for the rest.
  const keys = Object.keys(value)
  const looked =
    Array.isArray(value) && keys.length > 4
      ? ['0', '1', String(keys.length >> 1), String(keys.length - 1)]
      : keys
  return looked.flatMap(key => [
    [[...where, key], value as Parent, key] as const,
    ...placesIn((value as Parent)[key] ?? null, [...where, key]),
  ])
}

function find(value: Json, where: readonly string[]): Json {
  return where.reduce<Json>((at, key) => (at as Parent)[key] ?? null, value)
}

function swapNext<Item>(items: readonly Item[], index: number): readonly Item[] {
  const [one, two] = [items[index], items[index + 1]]
  return one === undefined || two === undefined ? items : items.with(index, two).with(index + 1, one)
}

function flip(bytes: Uint8Array, at: number): Uint8Array {
  const changed = Uint8Array.from(bytes)
  if (at >= 0 && at < changed.length) changed[at] = (changed[at] ?? 0) ^ 1
  return changed
}
