import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { canonicalJson, type Json } from '../foundation/canonical-json.ts'
import { sha256 } from '../foundation/digest.ts'
import { parseCheckpoint, writeCheckpointText } from './checkpoint.ts'
import {
  type CheckpointSigner,
  isSignedBy,
  keyIdOf,
  parseVerifierKey,
  rawPublicKey,
  signCheckpoint,
  writeVerifierKey,
} from './checkpoint-key.ts'
import { isReceiptSignedBy, parseReceipt, writeReceipt } from './receipt.ts'
import { isDigestSignedBy, signDigest } from './signed-digest.ts'

function signerOf(seed: string, name = 'clinic.example/west'): CheckpointSigner {
  // RFC 8410: the fixed beginning of a PKCS #8 Ed25519 key, then its 32 bytes
  const der = Buffer.from(`302e020100300506032b657004220420${sha256(seed)}`, 'hex')
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const publicKey = rawPublicKey(createPublicKey(key))
  return { name, publicKey, sign: message => sign(null, message, key) }
}

const clinic = signerOf('clinic')
const other = signerOf('somebody else')
const checkpoint = { origin: 'clinic.example/west/case-7', size: 12, root: sha256('root') }
const note = signCheckpoint(checkpoint, clinic)
const read = (text: string) => {
  const signed = parseCheckpoint(text)
  if (!signed) throw new Error('the test wrote a note that cannot be read')
  return signed
}

test('a checkpoint reads back as it was written, and the clinic signed it', () => {
  expect(read(note).checkpoint).toEqual(checkpoint)
  expect(read(note).text).toBe(writeCheckpointText(checkpoint))
  expect(isSignedBy(read(note), clinic)).toBe(true)
})

test('the published vectors are judged as they say', () => {
  const vectors = JSON.parse(
    readFileSync(new URL('../../test/vectors/custody/checkpoint.json', import.meta.url), 'utf8'),
  ) as readonly {
    readonly why: string
    readonly note: string
    readonly key: string
    readonly verdict: string
  }[]
  for (const vector of vectors) {
    const key = parseVerifierKey(vector.key)
    if (!key) throw new Error(vector.why)
    const signed = parseCheckpoint(vector.note)
    const verdict = !signed ? 'unreadable' : isSignedBy(signed, key) ? 'signed' : 'not-signed'
    expect(verdict, vector.why).toBe(vector.verdict)
  }
})

test('nobody else can have signed it', () => {
  expect(isSignedBy(read(note), other)).toBe(false)
  const forged = signCheckpoint({ ...checkpoint, size: 13 }, other)
  expect(isSignedBy(read(forged), clinic)).toBe(false)
  const changed = note.replace('\n12\n', '\n13\n')
  expect(isSignedBy(read(changed), clinic)).toBe(false)
})

test('a log of one clinic does not pass for a log of another with a name that begins the same', () => {
  expect(isSignedBy(read(note), { ...clinic, name: 'clinic.example/we' })).toBe(false)
  expect(isSignedBy(read(note), { ...clinic, name: checkpoint.origin })).toBe(true)
  expect(() => signCheckpoint({ ...checkpoint, origin: 'clinic.example/east/1' }, clinic)).toThrow(TypeError)
})

test('a signature of the wrong length, id or name is no signature', () => {
  const [head = '', line = ''] = note.split('\n\n')
  const [dash = '', name = '', base64 = ''] = line.trim().split(' ')
  const bytes = Buffer.from(base64, 'base64')
  const withBytes = (changed: Buffer, by = name) => `${head}\n\n${dash} ${by} ${changed.toString('base64')}\n`
  expect(isSignedBy(read(withBytes(bytes.subarray(0, 60))), clinic)).toBe(false)
  expect(isSignedBy(read(withBytes(Buffer.concat([Buffer.alloc(4), bytes.subarray(4)]))), clinic)).toBe(false)
  expect(isSignedBy(read(withBytes(bytes, 'another.example')), clinic)).toBe(false)
  expect(isSignedBy(read(`${withBytes(bytes, 'another.example')}${line}`), clinic)).toBe(true)
})

test('a note that is not written exactly as the format says is not read', () => {
  const [head = '', line = ''] = note.split('\n\n')
  const broken = [
    '',
    'a note',
    note.slice(0, -1),
    note.replaceAll('\n', '\r\n'),
    note.replace('\n12\n', '\n012\n'),
    note.replace('\n12\n', '\n-12\n'),
    note.replace('\n12\n', '\n9999999999999999\n'),
    note.replace('\n12\n', '\n12 \n'),
    note.replace('clinic.example', 'clinic example'),
    note.replace('clinic.example', '+clinic'),
    note.replace('\u2014', '-'),
    `${head}\nmore text\n\n${line}`,
    `${head}\n\n${line}\n`,
    `${head}\n\n\u2014 ${checkpoint.origin} AAAA\n`,
    `${head}\n\n\u2014 ${checkpoint.origin} not-base64!\n`,
    `${head}\n\n${line.repeat(17)}`,
    note.replace(/=\n\n/, '\n\n'),
    note.replace(/.=\n\n/, 'B=\n\n'),
  ]
  for (const text of broken) expect(parseCheckpoint(text), JSON.stringify(text)).toBeNull()
})

test('a head that cannot be written is refused', () => {
  expect(() => writeCheckpointText({ ...checkpoint, origin: 'two words' })).toThrow(TypeError)
  expect(() => writeCheckpointText({ ...checkpoint, size: 1.5 })).toThrow(TypeError)
  expect(() => writeCheckpointText({ ...checkpoint, size: -1 })).toThrow(TypeError)
  expect(() => writeVerifierKey({ name: 'x', publicKey: new Uint8Array(31) })).toThrow(TypeError)
  expect(() => rawPublicKey(generateKeyPairSync('x25519').publicKey)).toThrow(TypeError)
})

test('a public key reads back as it was written, and a mistyped one is not a key', () => {
  const text = writeVerifierKey(clinic)
  expect(parseVerifierKey(`  ${text}\n`)).toEqual({ name: clinic.name, publicKey: clinic.publicKey })
  const wrong = [
    '',
    'a+b+c',
    text.replace('west', 'east'),
    text.slice(0, -2),
    text.replace(/\+[^+]+$/, '+AQ=='),
  ]
  for (const each of wrong) expect(parseVerifierKey(each), each).toBeNull()
  expect(keyIdOf(clinic)).not.toBe(keyIdOf({ ...clinic, name: 'another' }))
})

test('a receipt reads back as it was written', () => {
  const receipt = {
    item: sha256('photo'),
    at: '2026-03-03T16:05:00.000Z',
    size: 12,
    head: note,
    clinicKey: clinic,
  }
  const text = writeReceipt(receipt, clinic)
  const back = parseReceipt(text)
  expect(back).toMatchObject({ item: receipt.item, at: receipt.at, size: 12, head: note })
  expect(back && isSignedBy(back.signed, back.clinicKey)).toBe(true)
})

test('everything on a receipt is under its signature, and nothing can ride along', () => {
  const receipt = {
    item: sha256('photo'),
    at: '2026-03-03T16:05:00.000Z',
    size: 12,
    head: note,
    clinicKey: clinic,
  }
  const text = writeReceipt(receipt, clinic)
  const isSigned = (changed: string) => {
    const back = parseReceipt(changed)
    return back !== null && isReceiptSignedBy(back, clinic)
  }
  expect(isSigned(text)).toBe(true)
  expect(isSigned(`\ufeff ${text}\r\n`)).toBe(true)
  const changes: readonly (readonly [string, string])[] = [
    [receipt.item, sha256('another photo')],
    [receipt.at, '2026-03-04T16:05:00.000Z'],
    ['"item":', '"added":1,"item":'],
    ['"item":', '"item":"x","item":'],
    [writeVerifierKey(clinic), writeVerifierKey(other)],
    ['unwatched/2', 'unwatched/1'],
    [',"item"', ', "item"'],
  ]
  for (const [from, to] of changes) {
    expect(text).toContain(from)
    expect(isSigned(text.replace(from, to)), to).toBe(false)
  }
  const without = JSON.parse(text) as Record<string, unknown>
  delete without['signature']
  expect(parseReceipt(JSON.stringify(without))).toBeNull()
  // A signature that somebody put beside the clinic's on the head would not be the clinic's doing.
  const twice = note.replace(/(\u2014 .*\n)$/, '$1$1')
  expect(isSigned(text.replace(JSON.stringify(note), JSON.stringify(twice)))).toBe(false)
})

test('what is signed as one thing never passes for another', () => {
  const { origin } = checkpoint
  const claim = { kind: 'receipt', origin, digest: sha256('what is stated') } as const
  const signed = signDigest(claim, clinic)
  expect(isDigestSignedBy(signed, claim, clinic)).toBe(true)
  expect(isDigestSignedBy(signed, { ...claim, kind: 'bundle-statement' }, clinic)).toBe(false)
  expect(isDigestSignedBy(signed, { ...claim, origin: `${origin}1` }, clinic)).toBe(false)
  expect(isDigestSignedBy(signed, claim, other)).toBe(false)
  expect(parseCheckpoint(signed)).toBeNull()
  expect(isDigestSignedBy(note, claim, clinic)).toBe(false)
  const lineOfHead = note.split('\n\n')[1] ?? ''
  const crossed = signed.replace(/\u2014.*\n$/, lineOfHead)
  expect(isDigestSignedBy(crossed, claim, clinic)).toBe(false)
  expect(isDigestSignedBy(`${signed}${lineOfHead}`, claim, clinic)).toBe(false)
  // No name of a log can be chosen so that its head reads as a statement: a name holds no space.
  expect(() => writeCheckpointText({ ...checkpoint, origin: signed.split('\n')[0] ?? '' })).toThrow(TypeError)
})

test('a receipt that contradicts itself is not a receipt', () => {
  const receipt = {
    item: sha256('photo'),
    at: '2026-03-03T16:05:00.000Z',
    size: 12,
    head: note,
    clinicKey: clinic,
  }
  const good = JSON.parse(writeReceipt(receipt, clinic)) as Record<string, unknown>
  const wrong: readonly unknown[] = [
    null,
    7,
    {},
    { ...good, receipt: 'another' },
    { ...good, key: null },
    { ...good, key: {} },
    { ...good, key: { verifier: 5 } },
    { ...good, key: { verifier: writeVerifierKey(clinic) } },
    { ...good, key: { verifier: writeVerifierKey(clinic), id: '00000000' } },
    { ...good, item: 5 },
    { ...good, item: 'abc' },
    { ...good, at: 'yesterday' },
    { ...good, at: 5 },
    { ...good, size: 13 },
    { ...good, head: 'x' },
    { ...good, head: 5 },
  ]
  for (const value of wrong)
    expect(parseReceipt(canonicalJson(value as Json)), JSON.stringify(value)).toBeNull()
  expect(parseReceipt('not json')).toBeNull()
})
