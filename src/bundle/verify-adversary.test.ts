import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import {
  alterFiles,
  alterJson,
  alterLists,
  type Bag,
  type Forgery,
  relist,
  textOf,
} from '../../test/support/adversary.ts'
import { makeChance } from '../../test/support/chance.ts'
import { edit, editLines, growAgain, isSame, resign } from '../../test/support/forger.ts'
import { type MadeBundle, makeBundles } from '../../test/support/made-bundle.ts'
import { makeOldBundle } from '../../test/support/old-bundle.ts'
import { loadZip, makeSampleBundle, makeSigner, readMemory } from '../../test/support/sample-bundle.ts'
import { signText } from '../evidence/checkpoint-key.ts'
import { canonicalJson, type Json } from '../foundation/canonical-json.ts'
import { sha256 } from '../foundation/digest.ts'
import { isBinding, placesOf } from './binding-lines.ts'
import { itemOfExhibit } from './bundle-input.ts'
import { parseExcerpt, writeExcerpt } from './custody-excerpt.ts'
import { makeExcerpt } from './make-excerpt.ts'
import { bundlePlaces, placeExhibits } from './manifest.ts'
import { parseStatement } from './statement.ts'
import { type Outside, verifyBundle } from './verify.ts'
import { sayVerdict } from './verify-bundle/say-verdict.ts'

const { statement: statementPath, signature: signaturePath } = bundlePlaces

type World = Awaited<ReturnType<typeof makeBundles>>

const seeds = [1, 2, 3]
const worlds = await Promise.all(seeds.map(seed => makeBundles(seed)))

const withKey = ({ input }: MadeBundle): Outside => ({ publicKey: input.clinicKey })
const withReceipt = ({ receipt }: MadeBundle): Outside => ({ receipts: [{ name: 'slip', text: receipt }] })

async function expectRed({ what, bag, places }: Forgery, outside: Outside): Promise<void> {
  const { verdict, checks, files } = await verifyBundle(readMemory(bag), outside)
  expect(verdict, what).toBe('wrong')
  const named = checks.flatMap(check => check.places).join('\n')
  for (const place of places) expect(named, what).toContain(place)
  // A red check is not enough: the file must not be among those that the signature covers.
  for (const place of places) {
    const status = files.find(({ path }) => path === place)?.status
    expect(status, `${what}: ${place}`).not.toBe('signed')
  }
}

test('what nobody touched is whole, and proved by the key, by a receipt, and by nothing else', async () => {
  for (const { first, second, other } of worlds) {
    for (const made of [first, second, other]) {
      const proved = await verifyBundle(readMemory(made.files), withKey(made))
      expect(proved.checks.flatMap(each => each.places)).toEqual([])
      expect(proved).toMatchObject({ verdict: 'whole-and-proved', provedBy: ['key'] })
      expect(new Set(proved.files.map(each => each.status))).toEqual(new Set(['signed']))
      expect(proved.files.map(each => each.path)).toEqual([...made.files.keys()].sort())
      const held = await verifyBundle(readMemory(made.files), withReceipt(made))
      expect(held).toMatchObject({ verdict: 'whole-and-proved', provedBy: ['receipts'] })
      expect(await verifyBundle(readMemory(made.files))).toMatchObject({
        verdict: 'whole-not-proved',
        provedBy: [],
      })
    }
  }
})

test('an adversary who makes every unsigned sum right again cannot alter, add, take out or rename a file', {
  timeout: 180_000,
}, async () => {
  for (const { first } of worlds)
    for (const forgery of alterFiles(first.files)) await expectRed(forgery, withKey(first))
})

test('nor any line of any list', async () => {
  for (const { first } of worlds)
    for (const forgery of alterLists(first.files)) await expectRed(forgery, withKey(first))
})

test('nor any field of any JSON, nor any line of custody', {
  timeout: 180_000,
}, async () => {
  for (const [world, { first }] of worlds.entries()) {
    // All of the first bundle; of the others, which differ in what they hold, a share of each kind.
    const step = world === 0 ? 1 : 7
    for (const [index, forgery] of [...alterJson(first.files)].entries())
      if (index % step === 0) await expectRed(forgery, withKey(first))
  }
})

test('nor does a genuine receipt help', async () => {
  const [{ first }] = worlds as [World]
  for (const forge of [alterFiles, alterLists, alterJson])
    for (const [index, forgery] of [...forge(first.files)].entries())
      if (index % 4 === 0) await expectRed(forgery, withReceipt(first))
})

test('an exhibit that is taken out with everything that speaks of it is missed', async () => {
  for (const { first } of worlds) {
    const [exhibit] = placeExhibits(first.input.exhibits)
    const item = exhibit && itemOfExhibit(exhibit)
    const bag: Bag = new Map(first.files)
    bag.delete(exhibit?.path ?? '')
    edit(bag, bundlePlaces.description, value => ({
      ...value,
      exhibits: (value['exhibits'] as { path: string }[]).filter(({ path }) => path !== exhibit?.path),
    }))
    editLines(bag, line => line.item !== item)
    const forgery = { what: 'an exhibit and its lines', bag: relist(bag), places: [exhibit?.path ?? ''] }
    for (const outside of [withKey(first), withReceipt(first)]) await expectRed(forgery, outside)
  }
})

test('parts of two genuine bundles of one clinic never make a third', async () => {
  const chance = makeChance(7)
  for (const { first, second, other } of worlds) {
    for (const [one, two] of [
      [first, second],
      [second, first],
      [first, other],
    ] as const) {
      const paths = [...new Set([...one.files.keys(), ...two.files.keys()])]
      const carried: readonly string[] = [
        statementPath,
        signaturePath,
        bundlePlaces.checkpoint,
        bundlePlaces.excerpt,
      ]
      const groups = [
        ...paths.map(path => [path]),
        carried,
        carried.slice(0, 2),
        carried.slice(2),
        paths.filter(path => carried.includes(path) === false),
        paths.filter(path => path.startsWith('data/')),
        paths.filter(path => !path.startsWith('data/')),
        paths.filter(path => path !== 'data/chronology.csv'),
        ...Array.from({ length: 40 }, () => paths.filter(() => chance.is(0.5))),
      ]
      for (const group of groups) {
        const bag: Bag = new Map(one.files)
        for (const path of group) {
          const bytes = two.files.get(path)
          if (bytes) bag.set(path, bytes)
          else bag.delete(path)
        }
        relist(bag)
        // What came out is one of the two again: then it is genuine.
        if ([one, two].some(({ files }) => isSame(bag, files))) continue
        const what = `of ${two.input.reference}: ${group.join(', ')}`
        expect((await verifyBundle(readMemory(bag), withKey(one))).verdict, what).toBe('wrong')
      }
    }
  }
})

test('the adversary’s own key does not help, however much is signed again', async () => {
  const own = makeSigner('the adversary')
  for (const { first } of worlds) {
    for (const by of [own, { ...own, name: 'clinic.example/west/case-7' }]) {
      for (const forgery of resign(first, by)) {
        for (const outside of [withKey(first), withReceipt(first)]) {
          const { verdict, checks, files } = await verifyBundle(readMemory(forgery.bag), outside)
          expect(verdict, forgery.what).toBe('wrong')
          const red = checks.filter(check => check.result === 'fail').map(check => check.id)
          expect(red, forgery.what).toContain(outside.publicKey ? 'key' : 'receipts')
          expect(files.filter(({ status }) => status === 'signed')).toEqual([])
        }
        const alone = await verifyBundle(readMemory(forgery.bag))
        expect(['wrong', 'whole-not-proved'], forgery.what).toContain(alone.verdict)
      }
    }
  }
})

test('a bundle that is signed by two, one of them the clinic, is wrong', async () => {
  const own = makeSigner('the adversary', 'adversary.example')
  for (const { first } of worlds) {
    for (const path of [signaturePath, bundlePlaces.checkpoint]) {
      const bag: Bag = new Map(first.files)
      const line = signText('anything\n', own.name, own).split('\n\n')[1] ?? ''
      bag.set(path, Buffer.from(`${textOf(bag, path)}${line}`))
      await expectRed({ what: `${path} signed twice`, bag: relist(bag), places: [path] }, withKey(first))
    }
  }
})

test('a new bundle that is made to look like one from before is wrong', async () => {
  for (const { first } of worlds) {
    const bag: Bag = new Map(first.files)
    bag.delete(statementPath)
    bag.delete(signaturePath)
    const half = relist(new Map(bag))
    await expectRed({ what: 'only the statement gone', bag: half, places: [statementPath] }, withKey(first))
    edit(bag, bundlePlaces.description, value => ({
      ...value,
      bundle: 'unwatched/1',
      exhibits: (value['exhibits'] as { derivedFrom: unknown }[]).map(({ derivedFrom: _, ...each }) => each),
    }))
    const speaking = relist(new Map(bag))
    await expectRed({ what: 'the log speaks', bag: speaking, places: [statementPath] }, withKey(first))
    editLines(bag, line => !isBinding(line))
    const silent = await verifyBundle(readMemory(relist(bag)), withKey(first))
    expect(silent.verdict).toBe('wrong')
    expect(silent.checks.flatMap(check => check.places).join()).toContain('was never exported')
  }
})

test('a bundle made before bundles were signed whole is what it is: exhibits proved, chronology not', async () => {
  const signer = makeSigner('clinic')
  const { grown, input } = makeSampleBundle(signer)
  const bag = await makeOldBundle(input, growAgain(grown, signer, 5))
  const outside = { publicKey: grown.clinicKey }
  const standingOf = (result: Awaited<ReturnType<typeof verifyBundle>>, path: string) =>
    result.files.find(file => file.path === path)?.status
  const old = await verifyBundle(readMemory(bag), outside)
  expect(old.checks.flatMap(check => check.places)).toEqual([])
  expect(old).toMatchObject({ verdict: 'exhibits-proved', isStated: false })
  expect(sayVerdict(old)).toMatch(/^Exhibits proved, chronology not/)
  expect(standingOf(old, 'data/chronology.csv')).toBe('listed')
  expect(standingOf(old, 'data/chronology.pdf')).toBe('listed')
  expect(standingOf(old, 'data/exhibits/ABC-1/WhatsApp Chat _ Zoë.txt')).toBe('signed')
  const receipts = [{ name: 'slip', text: grown.receiptAt(3) }]
  expect((await verifyBundle(readMemory(bag), { receipts })).verdict).toBe('exhibits-proved')
  expect((await verifyBundle(readMemory(bag))).verdict).toBe('whole-not-proved')
  // Nothing in it is proved that nobody signed, and a change of what was signed is still found.
  for (const forge of [alterFiles, alterLists]) {
    for (const { what, bag: forged } of forge(bag)) {
      const result = await verifyBundle(readMemory(forged), outside)
      expect(['wrong', 'exhibits-proved'], what).toContain(result.verdict)
      for (const { path, status } of result.files)
        if (status === 'signed') expect(forged.get(path), what).toEqual(bag.get(path))
    }
  }
  const twice = textOf(bag, bundlePlaces.description).replace('{', '{"purpose":"another",')
  const doubled = relist(new Map(bag).set(bundlePlaces.description, Buffer.from(twice)))
  expect((await verifyBundle(readMemory(doubled), outside)).verdict).toBe('wrong')
  const [exhibit] = placeExhibits(input.exhibits)
  const changed = relist(new Map(bag).set(exhibit?.path ?? '', Buffer.from('another')))
  expect((await verifyBundle(readMemory(changed), outside)).verdict).toBe('wrong')
})

test('a genuine line of the log that is of no exhibit cannot be slipped in, nor an earlier head', async () => {
  for (const { first } of worlds) {
    const texts = first.grown.log.map(({ text }) => text)
    const { size } = parseExcerpt(textOf(first.files, bundlePlaces.excerpt)) ?? { size: 0 }
    const stated = parseStatement(textOf(first.files, statementPath))
    if (!stated) throw new Error('the bundle has no statement')
    const inPlace = placesOf(stated)
    const { heads } = stated.log
    const others = texts.slice(0, size).flatMap((_, place) => (inPlace.includes(place) ? [] : [place]))
    const forged = [
      ...others.map(place => makeExcerpt(texts.slice(0, size), [...inPlace, place], heads)),
      ...[1, size - 1]
        .filter(head => head > 0 && !heads.includes(head))
        .map(head => makeExcerpt(texts.slice(0, size), inPlace, [...heads, head])),
    ]
    for (const excerpt of forged) {
      const bag = new Map(first.files).set(bundlePlaces.excerpt, Buffer.from(writeExcerpt(excerpt)))
      const what = 'a line or a head that is genuine and was not stated'
      await expectRed({ what, bag: relist(bag), places: [bundlePlaces.excerpt] }, withKey(first))
    }
  }
})

test('an empty folder, a link and a second file of the same name are named', async () => {
  const [{ first }] = worlds as [World]
  for (const [kind, path] of [
    ['folder', 'data/PROVED'],
    ['link', 'data/link.txt'],
    ['file', 'data/chronology.csv'],
  ] as const) {
    const memory = readMemory(first.files)
    const list = async () => [...(await memory.list()), { path, kind, size: 0 }]
    const { verdict, checks } = await verifyBundle({ ...memory, list }, withKey(first))
    expect(verdict, path).toBe('wrong')
    expect(checks.flatMap(check => check.places).join(), path).toContain(path)
  }
})

test('a receipt proves only what it can', async () => {
  const signer = makeSigner('clinic')
  const { files } = worlds[0]?.first ?? { files: new Map() }
  const { grown, build } = makeSampleBundle(signer)
  const bag = await loadZip(await buffer(build()))
  const bring = async (text: string) => {
    const result = await verifyBundle(readMemory(bag), { receipts: [{ name: 'slip', text }] })
    return [result.verdict, result.checks.find(check => check.id === 'receipts')?.result]
  }
  expect(await bring(grown.receiptAt(2))).toEqual(['whole-and-proved', 'pass'])
  // Of an item that is not in the bundle: its own signature protects what is on it.
  expect(await bring(grown.receiptAt(5))).toEqual(['whole-and-proved', 'pass'])
  expect(await bring(grown.receiptAt(5).replace('09:05', '09:04'))).toEqual(['wrong', 'fail'])
  // Of the first kind, nothing signs its item: where no line here agrees with it, it proves nothing.
  const asFirstKind = (text: string) => {
    const { signature: _, ...said } = JSON.parse(text) as { [name: string]: Json }
    return canonicalJson({ ...said, receipt: 'unwatched/1' })
  }
  expect(await bring(asFirstKind(grown.receiptAt(2)))).toEqual(['whole-and-proved', 'pass'])
  expect(await bring(asFirstKind(grown.receiptAt(2)).replace('09:01', '09:04'))).toEqual(['wrong', 'fail'])
  expect(await bring(asFirstKind(grown.receiptAt(5)))).toEqual(['whole-not-proved', 'not-checked'])
  // It was given after the bundle was made, so the bundle cannot know it.
  grown.append({ minute: 50, act: 'arrived', item: sha256('later') })
  expect(await bring(grown.receiptAt(grown.log.length))).toEqual(['whole-not-proved', 'not-checked'])
  const wording = await verifyBundle(readMemory(bag), {
    receipts: [{ name: 'slip', text: grown.receiptAt(2) }],
  })
  expect(sayVerdict(wording)).toContain('only as surely as you know where the receipt came from')
  expect(files.size).toBeGreaterThan(0)
})
