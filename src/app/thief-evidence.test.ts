import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Chance, makeChance } from '../../test/support/chance.ts'
import { findWordsIn } from '../../test/support/find-words-in.ts'
import { type Stolen, type StolenRow, steal } from '../../test/support/stolen-dump.ts'
import { openTestCase } from '../../test/support/test-case.ts'
import { openTestClinic, type TestClinic } from '../../test/support/test-clinic.ts'
import { withCase } from '../audit/operations/access-case.ts'
import { makeExcerpt } from '../bundle/make-excerpt.ts'
import { digestOfLine } from '../evidence/custody-line.ts'
import { appendCustodyLine, newCustodyLog } from '../evidence/custody-log.ts'
import { hashLeaf } from '../evidence/merkle.ts'
import { buildMerkleTree, rootOfTree } from '../evidence/merkle-tree.ts'
import { loadCustody } from '../evidence/operations/load-custody.ts'
import { readItem } from '../evidence/operations/read-item.ts'
import { takeInEvidence } from '../evidence/operations/take-in-evidence.ts'
import type { CaseId, ItemId } from '../foundation/ids.ts'

/**
 * The thief has a dump, the folder of files, and no key. They have the client's photo and chat, to the byte; they know the name,
 * what the files are called, how they were come by, how many messages there are. They have a case of their own at the same
 * clinic, to which they brought the same photos. They do not look at times: those are
 * another matter (see SECURITY.md), and names and referrals are tested beside this.
 */
const notLookedAt = ['unwatched.case_file', 'unwatched.referral']

type HerFile = {
  readonly itemId: ItemId
  readonly bytes: Buffer
  readonly name: string
  readonly mediaType: string
  readonly messages: number
}
type Client = {
  readonly caseId: CaseId
  readonly initials: string
  readonly how: string
  readonly photo: HerFile
  readonly chat: HerFile
}
type Made = {
  readonly world: TestClinic
  readonly clients: readonly Client[]
  /** The thief's own case, and in it for each of the client's photos the item that it became when the thief brought it. */
  readonly thief: { readonly caseId: CaseId; readonly items: ReadonlyMap<CaseId, ItemId> }
  readonly stolen: Stolen
}

const seeds = [11, 12, 13]
const clientsPerClinic = 10
const made: Made[] = []
beforeAll(async () => {
  for (const seed of seeds) made.push(await makeClinic(seed))
}, 120_000)
afterAll(async () => {
  for (const { world } of made) await world.close()
})

const pictures = [
  { mediaType: 'image/jpeg', ending: 'jpg', head: Buffer.from('ffd8ffe000104a464946', 'hex') },
  { mediaType: 'image/png', ending: 'png', head: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex') },
  { mediaType: 'image/gif', ending: 'gif', head: Buffer.from('GIF89a') },
  { mediaType: 'image/webp', ending: 'webp', head: Buffer.from('RIFF\0\0\0\0WEBPVP8 ') },
  { mediaType: 'image/bmp', ending: 'bmp', head: Buffer.from('BM') },
] as const

const bytesOf = (chance: Chance, length: number): Buffer =>
  Buffer.from(Array.from({ length }, () => chance.below(256)))

/** Photos of 80 to 120 kB, chats of 100 to 160 messages, names and words on how they were come by, of different lengths. */
async function makeClinic(seed: number): Promise<Made> {
  const chance = makeChance(seed)
  const world = await openTestClinic()
  const letter = () => String.fromCharCode(65 + chance.below(26))
  const clients: Client[] = []
  const photos: Buffer[] = []
  for (let number = 0; number < clientsPerClinic; number += 1) {
    const caseId = await openTestCase(world)
    const picture = pictures[number % pictures.length] ?? pictures[0]
    const bytes = Buffer.concat([picture.head, bytesOf(chance, 80_000 + chance.below(40_000))])
    const messages = 100 + chance.below(60)
    const lines = Array.from({ length: messages }, (_, index) => {
      const words = Array.from({ length: 2 + chance.below(9) }, () => chance.pick(someWords)).join(' ')
      const minute = String(index % 60).padStart(2, '0')
      return `24/12/2025, ${String(8 + Math.floor(index / 60)).padStart(2, '0')}:${minute} - Rover: ${words}\n`
    })
    const initials = `${letter()}${letter()}${letter()}Q`
    const how = `copied ${'very '.repeat(chance.below(30))}carefully from the telephone of the neighbour`
    const photoName = `IMG_${'9'.repeat(1 + chance.below(40))}.${picture.ending}`
    const chatName = `WhatsApp Chat with ${'R'.repeat(1 + chance.below(40))}over.txt`
    world.clock.moveTo(new Date(Date.UTC(2026, 2, 3, 9, number * 7, chance.below(60))).toISOString())
    const bring = async (file: { readonly bytes: Buffer; readonly name: string }) => ({
      ...file,
      itemId: await bringTo(world, caseId, { ...file, initials, how }),
    })
    const photo = await bring({ bytes, name: photoName })
    const chat = await bring({ bytes: Buffer.from(lines.join('')), name: chatName })
    photos.push(bytes)
    clients.push({
      caseId,
      initials,
      how,
      photo: { ...photo, mediaType: picture.mediaType, messages: 1 },
      chat: { ...chat, mediaType: 'text/plain', messages },
    })
  }
  const own = await openTestCase(world)
  const items = new Map<CaseId, ItemId>()
  for (const { caseId, photo } of clients) {
    const file = { bytes: photo.bytes, name: photo.name, initials: 'THF', how: 'I took it' }
    items.set(caseId, await bringTo(world, own, file))
  }
  return { world, clients, thief: { caseId: own, items }, stolen: await steal(world) }
}

const someWords = 'where are you now answer me the green umbrella stands by your door again tonight'.split(
  ' ',
)

async function bringTo(
  world: TestClinic,
  caseId: CaseId,
  file: { readonly bytes: Buffer; readonly name: string; readonly initials: string; readonly how: string },
): Promise<ItemId> {
  const taken = await takeInEvidence(world.clinic, world.as('cyber-adviser'), caseId, {
    name: file.name,
    broughtBy: file.initials,
    howObtained: file.how,
    body: Readable.from([file.bytes]),
    answers: { zone: 'Europe/London', dateOrder: 'day-first' },
  })
  if (taken.kind === 'refused') throw new Error(taken.because)
  await readItem(world.clinic, caseId, taken.itemId)
  return taken.itemId
}

/** A digest in every form it might be written in. */
function writtenForms(digest: Buffer): readonly string[] {
  const hex = digest.toString('hex')
  const bytes = digest.toString('latin1')
  return [
    hex,
    hex.toUpperCase(),
    hex.slice(0, 16),
    bytes,
    digest.toString('base64'),
    digest.toString('base64url'),
  ]
}

const digestsOf = (bytes: Buffer): readonly Buffer[] =>
  ['md5', 'sha1', 'sha256', 'sha512'].map(name => createHash(name).update(bytes).digest())

/**
 * A row without the number of the transaction that wrote it: how many the server did before says nothing of a file, and
 * comes upon the size of one by chance.
 */
const withoutTransaction = (text: string): string => text.replace(/"xid":"?\d+"?/g, '"xid":""')

/** The numbers that stand by themselves in a text, and not within a longer one or among other letters. */
const numbersAlone = (text: string): ReadonlySet<string> =>
  new Set(text.match(/(?<![0-9A-Za-z.+/-])\d+(?![0-9A-Za-z.+/-])/g))

test('the world is one in which the thief could find something', () => {
  const row = '{"xid":"4711","size":4712,"other":"4713a","part":47.14,"list":[4715,"4716"]}'
  expect([...numbersAlone(withoutTransaction(row))]).toEqual(['4712', '4715', '4716'])
  for (const { stolen, clients } of made) {
    expect(new Set(clients.map(({ photo }) => photo.bytes.length)).size).toBe(clientsPerClinic)
    for (const { caseId, photo, chat } of clients)
      for (const { itemId } of [photo, chat])
        for (const table of ['item', 'arrival', 'custody_line', 'reading', 'giveaway_search'])
          expect(
            stolen.rows.some(row => row.table === `unwatched.${table}` && row.itemId === itemId),
            `${table} of ${caseId}`,
          ).toBe(true)
    // What the thief is given is read to its end: a wrong world would show nothing for want of anything to show.
    const states = stolen.rows.filter(row => row.table === 'unwatched.reading').map(row => row.text)
    expect(states.length).toBeGreaterThan(2 * clientsPerClinic)
    expect(states.every(text => text.includes('"state":"done"') || text.includes('"state": "done"'))).toBe(
      true,
    )
  }
})

test('S8 no digest of a file the thief holds, no size of it and no word about it stands in the rows or names of files', () => {
  const found: string[] = []
  for (const { stolen, clients } of made) {
    const rows = stolen.rows
      .filter(row => !notLookedAt.includes(row.table))
      .map(row => ({ ...row, numbers: numbersAlone(withoutTransaction(row.text)) }))
    const whole = `${stolen.rows.map(row => row.text).join('\n')}\n${stolen.blobs.map(blob => blob.name).join('\n')}`
    const sought = new Map<string, string>()
    for (const { initials, how, photo, chat } of clients) {
      for (const file of [photo, chat]) {
        for (const digest of digestsOf(file.bytes))
          for (const form of writtenForms(digest)) sought.set(form, file.name)
        const words = [file.name, how, file.mediaType, file.bytes.subarray(0, 40).toString('latin1')]
        for (const word of words) sought.set(word, file.name)
        for (const { table, numbers } of rows)
          if (numbers.has(String(file.bytes.length))) found.push(`${file.name}: its size in ${table}`)
      }
      for (const { table, values } of rows)
        for (const { path, value } of values)
          if (value === initials || (typeof value === 'string' && value.startsWith(`${initials}/`)))
            found.push(`${initials} in ${table}: ${path}`)
    }
    for (const word of findWordsIn(whole, sought.keys())) found.push(`${sought.get(word)}: ${word}`)
    for (const { table, values } of rows)
      for (const { path, value } of values)
        if (typeof value === 'string' && /^(whatsapp|image|text|picture)\b/i.test(value))
          found.push(`${value} in ${table}: ${path}`)
  }
  expect(found).toEqual([])
})

test('S8 no hash of the custody log lies in the open, and none can be made of what the thief knows', async () => {
  const found: string[] = []
  for (const { world, stolen, clients } of made) {
    const whole = stolen.rows.map(row => row.text).join('\n')
    const sought = new Map<string, CaseId>()
    const staff = stolen.rows.find(row => row.text.includes('Test cyber-adviser'))
    expect(staff, 'the names of staff are in the dump').toBeDefined()
    for (const { caseId } of clients) {
      const log = await withCase(
        world.clinic.database,
        world.as('cyber-adviser'),
        { caseId, part: 'evidence', mode: 'read' },
        transaction => loadCustody(transaction, caseId),
      )
      const texts = log?.texts ?? []
      expect(texts.length).toBeGreaterThan(3)
      // What the log really comes to must not be there, for somebody might learn a line and its salt elsewhere.
      const hashes = texts.flatMap((text, index) => [
        digestOfLine(text),
        hashLeaf(text),
        rootOfTree(buildMerkleTree(texts.slice(0, index + 1).map(hashLeaf))),
      ])
      for (const hash of hashes)
        for (const form of writtenForms(Buffer.from(hash, 'hex'))) sought.set(form, caseId)
      // The thief rebuilds the first line from all that they know: it must not come to the line that is there.
      const { salt: _, sequence: __, previous: ___, ...known } = JSON.parse(texts[0] ?? '{}')
      const guessed = appendCustodyLine(newCustodyLog, known)
      if (hashes.includes(guessed.leaf) || hashes.includes(guessed.digest))
        found.push(`the first line of ${caseId}`)
      // Nor in a bundle that holds the next line and not this one: its proof gives the hash of what was left out.
      const excerpt = JSON.stringify(makeExcerpt(texts, [1], []))
      expect(excerpt).toContain(hashLeaf(texts[0] ?? ''))
      if (excerpt.includes(guessed.leaf) || excerpt.includes(guessed.digest))
        found.push(`a line left out of ${caseId}`)
    }
    for (const word of findWordsIn(whole, sought.keys()))
      found.push(`a hash of the log of ${sought.get(word)}`)
  }
  expect(found).toEqual([])
})

type Candidates = ReadonlySet<CaseId>

/** A guess among cases is worth one over how many it leaves, where the client's is among them. */
const worth = (candidates: Candidates, sought: CaseId): number =>
  candidates.has(sought) ? 1 / candidates.size : 0

const trials = seeds.length * clientsPerClinic
/** What guessing comes to, and five times how far it strays: a thief who finds a third of them has found a method. */
const chance = trials / clientsPerClinic
const bound = chance + 5 * Math.sqrt(trials * (1 / clientsPerClinic) * (1 - 1 / clientsPerClinic))

/** Everything of a case that can be counted or measured, by where it stands: numbers, lengths, numbers of rows. */
function measuresOf({
  stolen,
  clients,
}: Made): ReadonlyMap<string, ReadonlyMap<CaseId, ReadonlySet<number>>> {
  const measures = new Map<string, Map<CaseId, Set<number>>>()
  const note = (what: string, caseId: CaseId, measure: number): void => {
    const cases = measures.get(what) ?? new Map<CaseId, Set<number>>()
    measures.set(what, cases)
    cases.set(caseId, (cases.get(caseId) ?? new Set()).add(measure))
  }
  const ofClients = new Set(clients.map(({ caseId }) => caseId))
  const blobSizes = new Map(stolen.blobs.map(({ name, size }) => [name, size]))
  const counts = new Map<string, number>()
  for (const { table, caseId, itemId, values } of stolen.rows) {
    if (caseId === null || !ofClients.has(caseId) || notLookedAt.includes(table)) continue
    for (const of of itemId === null ? [''] : ['', ` ${itemId}`]) {
      const key = `${table}|${caseId}|${of}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    for (const { path, value } of values) {
      if (typeof value === 'number') note(path, caseId, value)
      if (typeof value !== 'string') continue
      note(`length of ${path}`, caseId, value.length)
      if (/^\d{1,15}$/.test(value)) note(path, caseId, Number(value))
      const size = blobSizes.get(value)
      if (size !== undefined) note('size of the file', caseId, size)
    }
  }
  for (const [key, count] of counts) {
    const [table = '', caseId = '', of = ''] = key.split('|')
    note(`rows of ${table}${of === '' ? '' : ' of an item'}`, caseId as CaseId, count)
  }
  return measures
}

const knownNumbers: Readonly<Record<string, (client: Client) => number>> = {
  'size of the photo': ({ photo }) => photo.bytes.length,
  'size of the chat': ({ chat }) => chat.bytes.length,
  'number of messages': ({ chat }) => chat.messages,
  'length of the name of the photo': ({ photo }) => photo.name.length,
  'length of the name of the chat': ({ chat }) => chat.name.length,
  'length of how it was obtained': ({ how }) => how.length,
  'length of all that is said of the photo': ({ photo, how }) => photo.name.length + how.length,
}
/** As it is; in hexadecimal; in base64. */
const shapes = [(n: number) => n, (n: number) => 2 * n, (n: number) => 4 * Math.ceil(n / 3)] as const

test('S8 no number, length or count in the dump goes with one that the thief knows', () => {
  const measured = made.map(each => ({ clients: each.clients, measures: measuresOf(each) }))
  const wheres = new Set(measured.flatMap(({ measures }) => [...measures.keys()]))
  expect(wheres).toContain('size of the file')
  const links: string[] = []
  for (const where of wheres)
    for (const [what, numberOf] of Object.entries(knownNumbers))
      for (const shape of shapes) {
        // The offset at which what the thief knows stands most often in the other clinics: the best that they could learn.
        const offsets = measured.map(({ clients, measures }) =>
          clients.flatMap(client =>
            [...(measures.get(where)?.get(client.caseId) ?? [])].map(each => each - shape(numberOf(client))),
          ),
        )
        let found = 0
        measured.forEach(({ clients, measures }, clinic) => {
          const offset = mostFrequent(offsets.filter((_, other) => other !== clinic).flat())
          const cases = [...(measures.get(where) ?? [])]
          for (const client of clients) {
            const candidates = new Set(
              cases.flatMap(([caseId, seen]) => (seen.has(shape(numberOf(client)) + offset) ? [caseId] : [])),
            )
            found += worth(candidates, client.caseId)
          }
        })
        if (found > bound) links.push(`${what} by ${where}: ${found.toFixed(1)} of ${trials}`)
      }
  expect(links).toEqual([])
})

test('S8 how many records all cases of a clinic hold stands nowhere: a thief may know all but one of them', () => {
  const paths = made.map(({ stolen, clients, thief }) => {
    const ofClients = clients.reduce((sum, { photo, chat }) => sum + photo.messages + chat.messages, 0)
    const total = ofClients + thief.items.size
    expect(total).toBeGreaterThan(1000)
    const rows = stolen.rows.filter(row => !notLookedAt.includes(row.table))
    return rows.flatMap(({ values }) =>
      values.flatMap(({ path, value }) => (Number(value) === total ? [path] : [])),
    )
  })
  const [first = [], ...others] = paths
  expect(first.filter(path => others.every(other => other.includes(path)))).toEqual([])
  const totals = made.flatMap(({ stolen }) =>
    stolen.rows.filter(row => row.table === 'unwatched.derived_of_clinic'),
  )
  expect(totals).toHaveLength(seeds.length)
  expect(
    new Set(totals.map(({ values }) => values.map(({ value }) => String(value).length).join())).size,
  ).toBe(1)
})

function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best), [0, 0] as const)[0]
}

test('S8 the same photo brought to a case of the thief’s own leads to no other case that has it', () => {
  const found = new Map<string, number>()
  for (const { clients, thief, stolen } of made) {
    const sizes = new Map(stolen.blobs.map(({ name, size }) => [name, size]))
    const valuesOf = (row: StolenRow): readonly (readonly [string, unknown])[] =>
      row.values.flatMap(({ path, value }) => {
        const size = typeof value === 'string' ? sizes.get(value) : undefined
        const length = typeof value === 'string' ? value.length : -1
        return [
          [path, value] as const,
          [`length of ${path}`, length] as const,
          ...(size === undefined ? [] : [[`size of ${path}`, size] as const]),
        ]
      })
    const rows = stolen.rows.filter(row => !notLookedAt.includes(row.table))
    const theirs = new Map<string, Set<CaseId>>()
    for (const row of rows)
      if (row.caseId !== null && row.caseId !== thief.caseId)
        for (const [path, value] of valuesOf(row)) {
          const key = `${path} ${String(value)}`
          theirs.set(key, (theirs.get(key) ?? new Set()).add(row.caseId))
        }
    for (const { caseId } of clients) {
      const best = new Map<string, number>()
      for (const row of rows.filter(each => each.itemId === thief.items.get(caseId)))
        for (const [path, value] of valuesOf(row)) {
          const candidates = theirs.get(`${path} ${String(value)}`) ?? new Set<CaseId>()
          best.set(path, Math.max(best.get(path) ?? 0, worth(candidates, caseId)))
        }
      for (const [path, each] of best) found.set(path, (found.get(path) ?? 0) + each)
    }
  }
  expect(found.size).toBeGreaterThan(20)
  expect([...found].filter(([, each]) => each > bound)).toEqual([])
})
