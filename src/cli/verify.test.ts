import { mkdtempSync, rmSync } from 'node:fs'
import { cp, mkdir, readFile, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import yazl from 'yazl'
import { relist } from '../../test/support/adversary.ts'
import { makeOldBundle } from '../../test/support/old-bundle.ts'
import {
  growLog,
  loadBag,
  makeSampleBundle,
  makeSigner,
  unpackBundle,
} from '../../test/support/sample-bundle.ts'
import { readFolder } from '../bundle/read-bag/folder-reader.ts'
import { writeVerifierKey } from '../evidence/checkpoint-key.ts'
import { sha256 } from '../foundation/digest.ts'
import { verify } from './verify.ts'

const folder = mkdtempSync(join(tmpdir(), 'verify-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string) => join(folder, name)

const sample = makeSampleBundle()
const key = writeVerifierKey(sample.input.clinicKey)
await writeFile(at('good.zip'), await buffer(sample.build()))
await writeFile(at('key.txt'), `${key}\n`)
await writeFile(at('receipt.json'), sample.receiptAt(3))
const root = join(at('good'), sample.input.reference)
await unpackBundle(at('good.zip'), root)

async function run(...args: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []]
  const code = await verify(args, { out: text => out.push(text), err: text => err.push(text) })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

async function makeZip(
  name: string,
  files: readonly (readonly [path: string, text: string, mode?: number])[],
) {
  const zip = new yazl.ZipFile()
  files.forEach(([, text, mode], index) => {
    zip.addBuffer(Buffer.from(text), `name${index}`, mode === undefined ? {} : { mode })
  })
  zip.end()
  // The library refuses dangerous names, as it should: they are put in afterwards, at the same length.
  const bytes = await buffer(zip.outputStream)
  files.forEach(([path], index) => {
    for (
      let from = bytes.indexOf(`name${index}`);
      from >= 0;
      from = bytes.indexOf(`name${index}`, from + 1)
    ) {
      bytes.write(path, from, 'latin1')
    }
  })
  await writeFile(at(name), bytes)
  return at(name)
}

test('a bundle is whole; with the key or a receipt it is proved', async () => {
  const alone = await run(at('good.zip'))
  expect(alone.code).toBe(0)
  expect(alone.out).toContain('Whole, but not proved to be ours')
  for (const path of [at('good.zip'), at('good'), root]) {
    const proved = await run(path, '--key', at('key.txt'), '--receipt', at('receipt.json'))
    expect([proved.code, proved.err]).toEqual([0, ''])
    expect(proved.out).toContain('Whole, and proved')
  }
  expect((await run(root, '--key', key)).code).toBe(0)
  expect((await run(root, '--receipt', at('receipt.json'))).code).toBe(0)
})

test('the wrong key, or a receipt of another case, is something wrong', async () => {
  const other = makeSampleBundle(makeSigner('another', 'clinic.example/east'))
  await writeFile(at('other.json'), other.receiptAt(3))
  expect((await run(root, '--key', writeVerifierKey(other.input.clinicKey))).code).toBe(1)
  expect((await run(root, '--receipt', at('other.json'))).code).toBe(1)
  await writeFile(at('early.json'), sample.receiptAt(1))
  expect((await run(root, '--receipt', at('early.json'))).code).toBe(1)
})

test('--json lists every check with its result', async () => {
  const { code, out } = await run(root, '--json')
  const said = JSON.parse(out) as { verdict: string; checks: { id: string; result: string }[] }
  expect([code, said.verdict, said.checks.length]).toEqual([0, 'whole-not-proved', 17])
})

test('--json says for each file what vouches for it, and by whose key', async () => {
  type Said = {
    readonly verdict: string
    readonly provedBy: readonly string[]
    readonly signedBy: string
    readonly means: string
    readonly files: readonly { readonly path: string; readonly standing: string }[]
  }
  const read = async (...args: readonly string[]) => {
    const { code, out } = await run(...args, '--json')
    return { code, said: JSON.parse(out) as Said }
  }
  const alone = await read(root)
  expect(alone.said).toMatchObject({ provedBy: [], signedBy: 'key-in-the-bundle' })
  const proved = await read(root, '--key', key)
  expect(proved).toMatchObject({ code: 0, said: { verdict: 'whole-and-proved', provedBy: ['key'] } })
  expect(proved.said.means).toMatch(/^Whole, and proved: the holder of the key/)
  expect(proved.said.files.map(each => each.standing)).toEqual(Array(proved.said.files.length).fill('signed'))
  const held = await read(root, '--receipt', at('receipt.json'))
  expect(held.said).toMatchObject({ provedBy: ['receipts'], signedBy: 'receipt-you-brought' })
  expect(held.said.means).toMatch(/^Whole, and proved by a receipt/)
  const other = await read(root, '--key', writeVerifierKey(makeSigner('another')))
  expect(other).toMatchObject({ code: 1, said: { verdict: 'wrong', provedBy: [], signedBy: 'nobody' } })

  await cp(root, at('forged'), { recursive: true })
  const bag = relist(
    new Map(await loadBag(readFolder(root))).set('data/chronology.csv', Buffer.from('nothing')),
  )
  for (const [path, bytes] of bag) await writeFile(join(at('forged'), path), bytes)
  const forged = await read(at('forged'), '--key', key)
  expect(forged).toMatchObject({
    code: 1,
    said: { verdict: 'wrong', provedBy: [], signedBy: 'key-you-brought' },
  })
  expect(forged.said.files.filter(each => each.standing !== 'signed')).toEqual([
    { path: 'data/chronology.csv', standing: 'listed' },
  ])
  const { code, out } = await run(at('forged'), '--key', key)
  expect(code).toBe(1)
  expect(out).toContain('WRONG        Every file is one that was signed')
  expect(out).toContain('Files: only matches a list in the bundle, which anybody can write (1)')
})

test('a bundle made before bundles were signed whole says so, and is never proved', async () => {
  const { grown, input } = makeSampleBundle()
  const again = growLog(sample.signer, grown.origin)
  for (const { digest } of input.exhibits) again.append({ minute: 1, act: 'arrived', item: digest })
  for (const [path, bytes] of await makeOldBundle(input, again)) {
    await mkdir(join(at('old'), path, '..'), { recursive: true })
    await writeFile(join(at('old'), path), bytes)
  }
  const proved = await run(at('old'), '--key', key)
  expect(proved.code).toBe(1)
  expect(proved.out).toContain('Exhibits proved, chronology not')
  expect(proved.out).not.toContain('Whole, and proved')
  const alone = await run(at('old'))
  expect([alone.code, alone.out]).toEqual([
    0,
    expect.stringContaining('made before bundles were signed whole'),
  ])
})

test('a zip with something before it or behind it cannot be read', async () => {
  const bytes = await readFile(at('good.zip'))
  await writeFile(at('behind.zip'), Buffer.concat([bytes, Buffer.from('x')]))
  await writeFile(at('before.zip'), Buffer.concat([Buffer.from('PK\u0003\u0004'), bytes]))
  for (const name of ['behind.zip', 'before.zip']) {
    const { code } = await run(at(name), '--key', key)
    expect(code, name).not.toBe(0)
  }
})

test('a changed file is named, in a folder and in a zip', async () => {
  await cp(root, at('changed'), { recursive: true })
  await writeFile(join(at('changed'), 'data', 'chronology.csv'), 'something else')
  const { code, out } = await run(at('changed'))
  expect(code).toBe(1)
  expect(out).toContain('data/chronology.csv')
  const bytes = await readFile(at('good.zip'))
  bytes[bytes.indexOf('you cannot hide')]! ^= 1 // the text is in the zip
  await writeFile(at('changed.zip'), bytes)
  expect((await run(at('changed.zip'))).code).toBe(1)
})

test('S10: links are named and not followed, and nothing is written into the bag', async () => {
  await cp(root, at('linked'), { recursive: true })
  await symlink('/etc/hostname', join(at('linked'), 'data', 'link.txt'))
  const { code, out } = await run(at('linked'))
  expect(code).toBe(1)
  expect(out).toContain('data/link.txt: This is a link.')
  expect((await run(at('linked'), '--bag')).code).toBe(1)
})

test('what cannot be read is said to be so', async () => {
  await writeFile(at('empty.zip'), '')
  await writeFile(at('letter.pdf'), '%PDF-1.7')
  await mkdir(at('nothing'))
  await cp(at('good.zip'), at('cut.zip'))
  await truncate(at('cut.zip'), 5000)
  for (const path of ['missing.zip', 'empty.zip', 'letter.pdf', 'nothing', 'cut.zip']) {
    const { code, err, out } = await run(at(path))
    expect([path, code, out]).toEqual([path, 2, ''])
    expect(err).toMatch(/^Cannot be read: /)
  }
  expect((await run(at('cut.zip'), '--bag')).code).toBe(2)
  const { code, out } = await run(at('missing.zip'), '--json')
  expect([code, JSON.parse(out)]).toMatchObject([2, { verdict: 'cannot-be-read' }])
  expect((await run(root, '--key', at('missing.txt'))).code).toBe(2)
  expect((await run(root, '--key', at('receipt.json'))).code).toBe(2)
  expect((await run(root, '--receipt', at('missing.txt'))).code).toBe(2)
})

test('a question that is put wrongly gets an answer', async () => {
  expect(await run('--help')).toMatchObject({ code: 0, err: '' })
  expect(await run('-h')).toMatchObject({ code: 0, err: '' })
  expect((await run()).code).toBe(64)
  expect((await run('a', 'b')).code).toBe(64)
  expect((await run('a', '--colour')).code).toBe(64)
})

const hello = 'hello'
const bag = (path = 'data/h') =>
  [
    ['bagit.txt', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'],
    ['manifest-sha256.txt', `${sha256(hello)}  ${path}\n`],
    [path, hello],
  ] as const

async function makeBag(name: string) {
  for (const [path, text] of bag()) {
    await mkdir(join(at(name), path, '..'), { recursive: true })
    await writeFile(join(at(name), path), text)
  }
  return at(name)
}

test('--bag judges any BagIt bag, and says so of one that is not', async () => {
  const plain = await makeBag('plain')
  expect(await run(plain, '--bag')).toMatchObject({ code: 0, out: 'This is a sound BagIt bag.' })
  expect((await run(plain)).code).toBe(2)
  await writeFile(join(plain, 'manifest-sha256.txt'), `${sha256(hello)} *data/h\n`)
  const warned = await run(plain, '--bag')
  expect([warned.code, warned.out]).toEqual([0, expect.stringContaining('with 1 warning')])
  expect(JSON.parse((await run(plain, '--bag', '--json')).out)).toMatchObject({ bag: 'sound' })
  await writeFile(join(plain, 'data', 'more'), 'x')
  expect((await run(plain, '--bag')).code).toBe(1)
  expect((await run(at('nothing'), '--bag')).code).toBe(1)
})

test('S10: a zip that plays tricks with names is wrong, and one made to do harm is not opened', async () => {
  const evil = await makeZip('evil.zip', [
    ['../up', 'x'],
    ['/root', 'x'],
    ['twice', 'x'],
    ['twice', 'y'],
    ['alink', '/etc/passwd', 0o120777],
  ])
  const { code, out } = await run(evil, '--bag')
  expect(code).toBe(1)
  expect(out).toContain('../up: This name is not followed')
  expect(out).toContain('/root: This name is not followed')
  expect(out).toContain('twice: Two files have this name')
  expect(out).toContain('alink: This is a link')

  const bomb = new yazl.ZipFile()
  const zeros = Buffer.alloc(64 * 1024 * 1024)
  for (let index = 0; index < 5; index += 1) bomb.addBuffer(zeros, `data/${index}`)
  bomb.end()
  await writeFile(at('bomb.zip'), await buffer(bomb.outputStream))
  expect(await run(at('bomb.zip'), '--bag')).toMatchObject({
    code: 2,
    err: expect.stringContaining('made to do harm'),
  })

  const locked = await readFile(at('good.zip'))
  for (
    let from = locked.indexOf('PK\u0001\u0002');
    from >= 0;
    from = locked.indexOf('PK\u0001\u0002', from + 1)
  ) {
    // Of an entry in the central directory: the flags are at byte 8, the packed size at byte 20; a lock adds 12
    locked.writeUInt16LE(locked.readUInt16LE(from + 8) | 1, from + 8)
    locked.writeUInt32LE(locked.readUInt32LE(from + 20) + 12, from + 20)
  }
  await writeFile(at('locked.zip'), locked)
  expect(await run(at('locked.zip'))).toMatchObject({ code: 2, err: expect.stringContaining('encrypted') })
})

test('names that would command a terminal are shown and not obeyed', async () => {
  const plain = await makeBag('loud')
  await writeFile(join(plain, 'data', '\u001b[2Jgone'), 'x')
  const { out } = await run(plain, '--bag')
  expect(out).toContain('\\u001b[2Jgone')
  expect(out).not.toContain('\u001b')
})
