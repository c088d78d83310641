import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readMemory } from '../../../test/support/sample-bundle.ts'
import { readFolder } from '../read-bag/folder-reader.ts'
import type { BagReader } from './bag-reader.ts'
import { readBag } from './read-bag.ts'
import { verifyBag } from './verify-bag.ts'

type Files = { readonly [path: string]: string | Uint8Array | undefined }
const digest = (algorithm: string, text: string | Uint8Array) =>
  createHash(algorithm).update(text).digest('hex')
const hello = 'hello from the payload\n'
const declare = (version: string, encoding = 'UTF-8') =>
  `BagIt-Version: ${version}\nTag-File-Character-Encoding: ${encoding}\n`

/** A sound bag of one file, with what the case changes; undefined takes a file out. */
function bagOf(version: string, change: Files = {}) {
  const all: Files = {
    'bagit.txt': declare(version),
    'data/hello.txt': hello,
    'manifest-sha256.txt': `${digest('sha256', hello)}  data/hello.txt\n`,
    ...change,
  }
  const entries = Object.entries(all).flatMap(([path, content]) =>
    content === undefined ? [] : [[path, new Uint8Array(Buffer.from(content))] as const],
  )
  return readMemory(new Map(entries))
}

async function check(version: string, change: Files, expected: readonly string[]) {
  const problems = verifyBag(await readBag(bagOf(version, change)))
  const said = problems.map(each => `${each.severity} ${each.code}`)
  expect(said, `${version} ${JSON.stringify(Object.keys(change))}`).toEqual(expected)
}

const line = (path: string, content: string = hello) => `${digest('sha256', content)}  ${path}\n`
const manifest = (...lines: readonly string[]) => ({ 'manifest-sha256.txt': lines.join('') })
const versions = ['0.93', '0.94', '0.95', '0.96', '0.97', '1.0']

test('a bag of every version is sound when nothing is wrong with it', async () => {
  for (const version of versions) {
    await check(version, {}, [])
    await check(version, { 'bagit.txt': declare(version).replaceAll('\n', '\r\n').trimEnd() }, [])
    await check(version, { 'manifest-md5.txt': `${digest('md5', hello)} data/hello.txt\r` }, [])
  }
})

test('the declaration says a version and an encoding, exactly', async () => {
  const wrong = ['error declaration-wrong']
  await check('1.0', { 'bagit.txt': undefined }, ['error declaration-missing'])
  await check('1.0', { 'bagit.txt': `\ufeff${declare('1.0')}` }, wrong)
  await check('1.0', { 'bagit.txt': declare('.97') }, wrong)
  await check('1.0', { 'bagit.txt': declare('2.0') }, wrong)
  await check('1.0', { 'bagit.txt': 'BagIt-Version: 1.0\n' }, wrong)
  await check('1.0', { 'bagit.txt': `${declare('1.0')}More: lines\n` }, wrong)
  await check('1.0', { 'bagit.txt': declare('1.0').replace(':', ' :') }, ['error declaration-loose'])
  await check('0.97', { 'bagit.txt': declare('0.97').replace(':', ' :') }, ['warning declaration-loose'])
  await check('1.0', { 'bagit.txt': declare('1.0', 'KLINGON') }, ['error encoding-unknown'])
  await check('1.0', { 'bagit.txt': Uint8Array.of(0xff, 0xfe, 0x41) }, wrong)
})

test('tag files are read in the encoding the bag declares', async () => {
  const text = line('data/na\u00efve.txt')
  const named = { 'data/hello.txt': undefined, 'data/na\u00efve.txt': hello }
  const latin = {
    'bagit.txt': declare('0.97', 'ISO-8859-1'),
    'manifest-sha256.txt': Buffer.from(text, 'latin1'),
  }
  await check('0.97', { ...named, ...latin }, [])
  const little = Buffer.from(`\ufeff${text}`, 'utf16le')
  const utf16 = { 'bagit.txt': declare('0.97', 'UTF-16') }
  await check('0.97', { ...named, ...utf16, 'manifest-sha256.txt': little }, [])
  await check('0.97', { ...named, ...utf16, 'manifest-sha256.txt': Buffer.from(little).swap16() }, [])
  await check('0.97', { ...named, 'manifest-sha256.txt': Buffer.from(text, 'latin1') }, [
    'error tag-file-unreadable',
    'error file-not-listed',
  ])
})

test('what is missing, added or changed is an error', async () => {
  await check('1.0', { 'data/hello.txt': 'changed' }, ['error digest-differs'])
  await check('1.0', { 'data/more.txt': 'x' }, ['error file-not-listed'])
  await check('1.0', { 'data/hello.txt': undefined }, ['error payload-folder-missing', 'error file-missing'])
  await check('1.0', { 'manifest-sha256.txt': undefined }, ['error payload-manifest-missing'])
  const unknown = { 'manifest-sha256.txt': undefined, 'manifest-crc32.txt': 'abc data/hello.txt' }
  await check('1.0', unknown, ['warning algorithm-unknown', 'error payload-manifest-missing'])
  await check('1.0', manifest('not a line at all\n', line('data/hello.txt')), ['error line-unreadable'])
  await check('1.0', { 'tagmanifest-sha256.txt': line('bag-info.txt') }, ['error file-missing'])
  await check('1.0', { 'tagmanifest-sha256.txt': line('bagit.txt') }, ['error digest-differs'])
})

test('version 1.0 wants every file in every list; the drafts before it want it in one', async () => {
  const second = { 'manifest-md5.txt': `${digest('md5', 'x')}  data/x.txt\n`, 'data/x.txt': 'x' }
  await check('1.0', second, ['error file-not-listed', 'error file-not-listed'])
  await check('0.97', second, [])
})

test('a path listed twice is an error in 1.0, a warning before it, and always an error when the two differ', async () => {
  const same = manifest(line('data/hello.txt'), line('data/hello.txt'))
  await check('1.0', same, ['error listed-twice'])
  await check('0.97', same, ['warning listed-twice'])
  const other = manifest(line('data/hello.txt'), line('data/hello.txt', 'another'))
  await check('0.97', other, ['error listed-twice-differently'])
})

test('the habits of other tools are warnings', async () => {
  await check('0.97', manifest(`${digest('sha256', hello)} *data/hello.txt\n`), ['warning made-by-md5sum'])
  await check('0.97', manifest(line('./data/hello.txt')), ['warning leading-dot-slash'])
  await check('0.97', manifest(line('data/hello.txt'), line('data/HELLO.txt')), [
    'warning differs-by-case-or-form',
  ])
  const accent = {
    'data/hello.txt': undefined,
    'data/u\u0308.txt': hello,
    ...manifest(line('data/\u00fc.txt')),
  }
  await check('0.97', accent, ['warning differs-by-case-or-form'])
  const gone = manifest(line('data/hello.txt'), line('data/.DS_Store', ''))
  await check('0.97', gone, ['warning system-file-missing'])
  const oxum = { 'bag-info.txt': `Payload-Oxum: ${hello.length}.2\n` }
  await check('0.97', { ...gone, ...oxum }, ['warning system-file-missing', 'warning size-differs'])
})

test('S10: the path tricks of every platform are refused on every platform', async () => {
  const tricks = [
    '../outside.txt',
    'data/../../outside.txt',
    '\\.\\./outside.txt',
    '/etc/hosts',
    '~/outside.txt',
    '~root/outside.txt',
    'C:\\Windows\\outside.txt',
    '\\\\server\\share\\outside.txt',
    '\\\\?\\UNC\\server\\outside.txt',
    '%HomeDrive%\\outside.txt',
    '$HOME/outside.txt',
    'data\\..\\..\\outside.txt',
  ]
  for (const path of tricks) {
    await check('0.97', manifest(line('data/hello.txt'), line(path)), ['error unsafe-path'])
    await check('1.0', { 'fetch.txt': `https://files.example/x - ${path}\n` }, ['error unsafe-path'])
  }
  await check('1.0', manifest(line('data/hello.txt'), line('elsewhere.txt')), ['error outside-payload'])
  await check('1.0', { 'fetch.txt': 'https://files.example/x 12 bagit.txt\n' }, ['error outside-payload'])
  await check('1.0', { 'fetch.txt': 'https://files.example/x\n' }, ['error line-unreadable'])
})

test('a bag with holes says what must still be fetched, and nothing is fetched', async () => {
  const holes = {
    ...manifest(line('data/hello.txt'), line('data/far.txt')),
    'fetch.txt': 'https://files.example/x - data/far.txt\n',
  }
  await check('1.0', holes, ['error not-fetched'])
  await check('1.0', { ...holes, 'data/far.txt': hello }, [])
})

test('line ends in a name are escaped, and in 1.0 the percent sign too', async () => {
  const files = { 'data/hello.txt': undefined, 'data/a\nb%.txt': hello }
  await check('1.0', { ...files, ...manifest(line('data/a%0Ab%25.txt')) }, [])
  await check('0.97', { ...files, ...manifest(line('data/a%0Ab%.txt')) }, [])
  await check(
    '0.97',
    { 'data/hello.txt': undefined, 'data/%7Ea.txt': hello, ...manifest(line('data/%7Ea.txt')) },
    [],
  )
})

test('the size the bag states is held against what is there', async () => {
  await check('1.0', { 'bag-info.txt': `Payload-Oxum: ${hello.length}.1\nNote: folded\n  line\n` }, [])
  await check('1.0', { 'bag-info.txt': 'Payload-Oxum : 5.1\n' }, ['error size-differs'])
  await check('1.0', { 'bag-info.txt': 'Payload-Oxum: a few\n' }, ['warning oxum-unreadable'])
})

test('names used twice, links and unreadable files are errors', async () => {
  const { list, open } = bagOf('1.0')
  const listed = await list()
  const extra = (path: string, kind: 'file' | 'link' | 'other') => ({
    list: async () => [...listed, { path, kind, size: 0 }],
    open,
  })
  const said = async (reader: BagReader) =>
    verifyBag(await readBag(reader)).map(each => `${each.severity} ${each.code}`)
  expect(await said(extra('data/hello.txt', 'file'))).toEqual(['error name-used-twice'])
  expect(await said(extra('data/link', 'link'))).toEqual(['error not-a-file'])
  expect(await said(extra('pipe', 'other'))).toEqual(['error not-a-file'])
  expect(await said(extra('../up.txt', 'file'))).toEqual(['error unsafe-path'])
  const broken = async function* (path: string) {
    yield* open(path)
    if (path === 'data/hello.txt') throw new Error('the disk gave up')
  }
  expect(await said({ list, open: broken })).toEqual(['error file-unreadable'])
})

const suite = process.env['UNWATCHED_BAGIT_SUITE']
const folders = (path: string) =>
  readdirSync(path, { withFileTypes: true })
    .filter(each => each.isDirectory())
    .map(each => each.name)

// A second opinion for anyone who has a conformance suite at hand: folders named version/verdict/bag.
if (suite !== undefined) {
  test('a published conformance suite is agreed with', async () => {
    let bags = 0
    for (const version of folders(suite)) {
      for (const verdict of folders(join(suite, version))) {
        for (const bag of folders(join(suite, version, verdict))) {
          const problems = verifyBag(await readBag(readFolder(join(suite, version, verdict, bag))))
          const isSound = !problems.some(each => each.severity === 'error')
          expect(isSound, `${version} ${verdict} ${bag}`).toBe(verdict === 'valid' || verdict === 'warning')
          bags += 1
        }
      }
    }
    expect(bags).toBeGreaterThan(0)
  })
}
