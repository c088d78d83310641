import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sha256 } from '../foundation/digest.ts'
import { type CustodyEntry, noPreviousLine, parseCustodyLine } from './custody-line.ts'
import { appendCustodyLine, newCustodyLog, type WrittenLine } from './custody-log.ts'
import { type CustodyProblem, verifyCustodyLog } from './custody-log-verify.ts'

const entry = (minute: number, change: Partial<CustodyEntry> = {}): CustodyEntry => ({
  at: new Date(Date.UTC(2026, 2, 3, 9, minute)).toISOString(),
  actor: { person: 'adviser-1', agency: 'helpline' },
  act: 'arrived',
  item: sha256(`photograph ${minute}`),
  detail: { size: minute, name: 'IMG_0001.jpg' },
  salt: sha256(`salt ${minute}`).slice(0, 32),
  ...change,
})

function writeLog(entries: readonly CustodyEntry[]): readonly WrittenLine[] {
  const written: WrittenLine[] = []
  for (const each of entries) written.push(appendCustodyLine(written.at(-1)?.head ?? newCustodyLog, each))
  return written
}

const log = writeLog([entry(0), entry(1), entry(2), entry(3), entry(4)])
const texts = log.map(each => each.text)
const expected = { size: 5, root: log[4]!.root } // five were written above
const codes = (problems: readonly CustodyProblem[]) => problems.map(({ code, place }) => [code, place])

test('a log that nobody touched has nothing wrong with it', () => {
  expect(verifyCustodyLog(texts, expected)).toEqual([])
  expect(verifyCustodyLog([])).toEqual([])
  expect(log[0]!.line.previous).toBe(noPreviousLine)
  expect(log[1]!.line.previous).toBe(log[0]!.digest)
})

test('the published vectors are judged as they say', () => {
  const vectors = JSON.parse(
    readFileSync(new URL('../../test/vectors/custody/log.json', import.meta.url), 'utf8'),
  ) as readonly {
    readonly why: string
    readonly lines: readonly string[]
    readonly head: typeof expected
    readonly problems: readonly (readonly [string, number | null])[]
  }[]
  for (const { why, lines, head, problems } of vectors) {
    expect(codes(verifyCustodyLog(lines, head)), why).toEqual(problems)
  }
})

test('every fault is listed with its place, not only the first', () => {
  const changed = [...texts]
  changed[1] = texts[1]!.replace('IMG_0001', 'IMG_0002')
  changed[3] = 'not a line'
  expect(codes(verifyCustodyLog(changed, expected))).toEqual([
    ['broken-chain', 2],
    ['unreadable-line', 3],
    ['broken-chain', 4],
    ['wrong-root', null],
  ])
})

test('a line that was taken out, moved or repeated shows at its place', () => {
  expect(codes(verifyCustodyLog(texts.toSpliced(2, 1)))).toEqual([
    ['wrong-sequence', 2],
    ['broken-chain', 2],
    ['wrong-sequence', 3],
  ])
  expect(codes(verifyCustodyLog([texts[0]!, texts[0]!]))).toEqual([
    ['wrong-sequence', 1],
    ['broken-chain', 1],
  ])
})

test('an end that was torn off shows only against a head that was kept elsewhere', () => {
  expect(verifyCustodyLog(texts.slice(0, 3))).toEqual([])
  expect(codes(verifyCustodyLog(texts.slice(0, 3), expected))).toEqual([
    ['wrong-size', null],
    ['wrong-root', null],
  ])
})

test('a line dated before the one above it is said to be', () => {
  const back = writeLog([entry(5), entry(4)]).map(each => each.text)
  expect(codes(verifyCustodyLog(back))).toEqual([['time-runs-back', 1]])
})

test('the same line written differently is not the same line', () => {
  const spaced = JSON.stringify(JSON.parse(texts[0]!), null, 1)
  expect(codes(verifyCustodyLog([spaced]))).toEqual([['not-canonical', 0]])
})

test('an entry that no verifier could read back is refused before it is written', () => {
  const refused: readonly Partial<CustodyEntry>[] = [
    { at: '2026-03-03 16:05' },
    { at: '2026-02-30T16:05:00.000Z' },
    { at: '2026-13-03T16:05:00.000Z' },
    { act: 'Arrived at last' },
    { act: '' },
    { item: 'ABC' as CustodyEntry['item'] & string },
    { salt: '' },
    { salt: 'ab'.repeat(15) },
    { salt: 'AB'.repeat(16) },
  ]
  for (const change of refused)
    expect(() => appendCustodyLine(newCustodyLog, entry(0, change))).toThrow(TypeError)
})

test('a line with a member too many, too few or of the wrong kind is not a line', () => {
  const good = JSON.parse(texts[0]!) as Record<string, unknown>
  expect(parseCustodyLine(good)).not.toBeNull()
  const wrong: readonly unknown[] = [
    null,
    [],
    'text',
    { ...good, note: 'rides along' },
    { ...good, sequence: -1 },
    { ...good, sequence: '0' },
    { ...good, at: 5 },
    { ...good, act: 5 },
    { ...good, actor: 'adviser' },
    { ...good, actor: { person: 'a', agency: 'b', role: 'c' } },
    { ...good, actor: { person: 1, agency: 'b' } },
    { ...good, actor: { person: 'a', agency: 1 } },
    { ...good, detail: [] },
    { ...good, detail: null },
    { ...good, item: 7 },
    { ...good, item: 'A'.repeat(64) },
    { ...good, previous: null },
    { ...good, salt: null },
    { ...good, salt: 5 },
    { ...good, salt: 'salt' },
    { ...good, salt: undefined },
  ]
  for (const value of wrong) expect(parseCustodyLine(value), JSON.stringify(value)).toBeNull()
})

test('a line from before there was a salt is read as it is', () => {
  const { salt: _, ...before } = entry(0)
  const [only] = [appendCustodyLine(newCustodyLog, before)]
  expect(only?.text).not.toContain('salt')
  expect(verifyCustodyLog([only?.text ?? ''])).toEqual([])
})

test('S8 the hash of a line cannot be tried by somebody who knows all of it but its salt', () => {
  // The guesser knows the file, who took it in, when, and the line before: everything but 128 bits of chance.
  const known = entry(0)
  const { salt: _, ...unsalted } = known
  const ofClinic = appendCustodyLine(newCustodyLog, known)
  const tries = [unsalted, { ...known, salt: '0'.repeat(32) }, { ...known, salt: sha256('his').slice(0, 32) }]
  for (const guess of tries) {
    const guessed = appendCustodyLine(newCustodyLog, guess)
    expect([guessed.leaf, guessed.digest, guessed.root]).not.toContain(ofClinic.leaf)
    expect([guessed.leaf, guessed.digest, guessed.root]).not.toContain(ofClinic.digest)
  }
})

test('a line about the whole file names no item', () => {
  const [only] = writeLog([entry(0, { item: null, act: 'case-opened' })])
  expect(verifyCustodyLog([only!.text])).toEqual([])
})

test('S7: whatever one byte of the log becomes, it is noticed', () => {
  const joined = texts.join('\n')
  fc.assert(
    fc.property(fc.nat(joined.length - 1), fc.integer({ min: 32, max: 126 }), (place, code) => {
      const character = String.fromCharCode(code)
      fc.pre(joined[place] !== character)
      const changed = joined.slice(0, place) + character + joined.slice(place + 1)
      return verifyCustodyLog(changed.split('\n'), expected).length > 0
    }),
  )
})

test('after three thousand lines, seven hashes are all that the next line needs', () => {
  let head = newCustodyLog
  for (let line = 0; line < 3000; line += 1) head = appendCustodyLine(head, entry(0)).head
  expect(head.frontier.size).toBe(3000)
  expect(head.frontier.peaks.length).toBe(7)
})
