import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import {
  AlgorithmSuiteIdentifier,
  buildClient,
  CommitmentPolicy,
  RawAesKeyringNode,
  RawAesWrappingSuiteIdentifier,
} from '@aws-crypto/client-node'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CaseId, type ClinicId, makeId } from '../foundation/ids.ts'
import { openParts, sealParts } from './seal.ts'
import { type Bound, frameLength, messageHeadLength } from './sealed-message.ts'

const now = new Date('2026-03-02T10:00:00Z')
const secret = randomBytes(32)
const bound = {
  clinicId: makeId<ClinicId>(now),
  caseId: makeId<CaseId>(now),
  kind: 'blob',
  name: 'a'.repeat(32),
} as const
const ofBackup = { kind: 'backup', keyId: '0123456789abcdef', name: 'b'.repeat(32) } as const
const sizes = [0, 1, 1000, frameLength - 1, frameLength, frameLength + 1, 3 * frameLength + 17]

async function* inPieces(bytes: Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const sealed = (bytes: Uint8Array, as: Bound = bound, size?: number): Promise<Buffer> =>
  buffer(Readable.from(sealParts(secret, as, inPieces(bytes, size))))

const opened = (bytes: Uint8Array, as: Bound = bound, key = secret): Promise<Buffer> =>
  buffer(Readable.from(openParts(key, as, inPieces(bytes, 50_001))))

// The library of those who publish the format: not used by the program, so that what it reads is not what we think it is.
const library = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT)
const keyringOf = (as: Bound): RawAesKeyringNode =>
  new RawAesKeyringNode({
    keyNamespace: as.kind === 'backup' ? 'unwatched-backup' : 'unwatched-case',
    keyName: as.kind === 'backup' ? as.keyId : as.caseId,
    unencryptedMasterKey: new Uint8Array(secret),
    wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
  })
const contextOf = (as: Bound): Record<string, string> =>
  as.kind === 'backup'
    ? { key: as.keyId, kind: as.kind, name: as.name }
    : { clinic: as.clinicId, case: as.caseId, kind: as.kind, name: as.name }

test('the public library of the format opens what we seal, and says to what it is bound', async () => {
  for (const as of [bound, ofBackup]) {
    for (const size of sizes) {
      const bytes = randomBytes(size)
      const { plaintext, messageHeader } = await library.decrypt(keyringOf(as), await sealed(bytes, as))
      expect(plaintext.equals(bytes)).toBe(true)
      expect({ ...messageHeader.encryptionContext }).toEqual(contextOf(as))
      expect(messageHeader.suiteId).toBe(
        AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY,
      )
    }
  }
})

test('what the public library of the format seals, we open', async () => {
  for (const as of [bound, ofBackup]) {
    for (const size of sizes) {
      const bytes = randomBytes(size)
      const { result } = await library.encrypt(keyringOf(as), bytes, {
        suiteId: AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY,
        encryptionContext: contextOf(as),
        frameLength,
      })
      expect((await opened(result, as)).equals(bytes)).toBe(true)
      // As long to the byte, so that files of both kinds lie in one class of length.
      expect((await sealed(bytes, as)).length).toBe(result.length)
    }
  }
})

test('in whatever pieces it is sealed and opened, it comes back as it was', async () => {
  const whole = randomBytes(2 * frameLength + 5)
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: whole.length }),
      fc.integer({ min: 700, max: 3 * frameLength }),
      fc.integer({ min: 700, max: 3 * frameLength }),
      async (size, piece, other) => {
        const bytes = whole.subarray(0, size)
        const message = await sealed(bytes, bound, piece)
        const back = await buffer(Readable.from(openParts(secret, bound, inPieces(message, other))))
        expect(back.equals(bytes)).toBe(true)
      },
    ),
    { numRuns: 25 },
  )
})

test('S8: many at once do not get into one another', async () => {
  const all = Array.from({ length: 12 }, (_, number) => Buffer.alloc(frameLength + 7 * number, number))
  const messages = await Promise.all(all.map(bytes => sealed(bytes)))
  const back = await Promise.all(messages.map(message => opened(message)))
  for (const [place, bytes] of all.entries()) expect(back[place]?.equals(bytes), `${place}`).toBe(true)
})

test('S7: one changed byte anywhere, a missing end, frames in another order, or something behind it, and it does not open', async () => {
  const bytes = randomBytes(2 * frameLength + 900)
  const message = await sealed(bytes)
  const frame = frameLength + 32
  const head = messageHeadLength(bound)
  const places = [
    ...Array.from({ length: head + 40 }, (_, place) => place),
    ...[frame - 1, frame, frame + 3, frame + 17, 2 * frame + 1, 2 * frame + 27, 2 * frame + 400].map(
      place => head + place,
    ),
    message.length - 1,
  ]
  for (const place of places) {
    const changed = Buffer.from(message)
    changed[place] = (changed[place] ?? 0) ^ 1
    await expect(opened(changed), `byte ${place}`).rejects.toMatchObject({ code: /^seal-/ })
  }
  const [one, two] = [message.subarray(head, head + frame), message.subarray(head + frame, head + 2 * frame)]
  const start = message.subarray(0, head)
  const end = message.subarray(head + 2 * frame)
  for (const [how, other] of [
    ['cut at an edge', Buffer.concat([start, one, two])],
    ['cut after its head', start],
    ['nothing at all', Buffer.alloc(0)],
    ['cut by a byte', message.subarray(0, -1)],
    ['a frame left out', Buffer.concat([start, two, end])],
    ['frames exchanged', Buffer.concat([start, two, one, end])],
    ['a frame twice', Buffer.concat([start, one, one, two, end])],
    ['a byte behind it', Buffer.concat([message, Buffer.of(0)])],
    ['itself behind it', Buffer.concat([message, message])],
  ] as const)
    await expect(opened(other), how).rejects.toMatchObject({ code: 'seal-broken' })
})

test('S8: it opens under its own key alone, and only as what it was sealed as', async () => {
  const message = await sealed(Buffer.from('hers'))
  await expect(opened(message, bound, randomBytes(32))).rejects.toMatchObject({ code: 'seal-broken' })
  for (const other of [
    { ...bound, name: 'c'.repeat(32) },
    { ...bound, caseId: makeId<CaseId>(now) },
    { ...bound, clinicId: makeId<ClinicId>(now) },
  ])
    await expect(opened(message, other)).rejects.toMatchObject({ code: 'seal-of-another' })
  const backup = await sealed(Buffer.from('all'), ofBackup)
  await expect(opened(backup, { ...ofBackup, name: 'd'.repeat(32) })).rejects.toMatchObject({
    code: 'seal-of-another',
  })
  // A body under the head of another message of the same case.
  const head = messageHeadLength(bound)
  const mixed = Buffer.concat([message.subarray(0, head), (await sealed(Buffer.from('hers'))).subarray(head)])
  await expect(opened(mixed)).rejects.toMatchObject({ code: 'seal-broken' })
})

test('S8: a message that does not commit to its key does not open, though all else of it holds', async () => {
  const message = await sealed(Buffer.from('hers'))
  const head = messageHeadLength(bound)
  const body = Buffer.from(message.subarray(0, head - 16))
  // As the format has it: the data key stands before the kind, the length of a frame and the commitment, its nonce before it.
  const wrappedAt = body.length - 32 - 4 - 1 - 48
  const context = body.subarray(3 + 32 + 2, 3 + 32 + 2 + body.readUInt16BE(3 + 32))
  const iv = body.subarray(wrappedAt - 2 - 12, wrappedAt - 2)
  const unwrapping = createDecipheriv('aes-256-gcm', secret, iv).setAAD(context)
  const dataKey = unwrapping.update(body.subarray(wrappedAt, wrappedAt + 32))
  const info = Buffer.concat([body.subarray(1, 3), Buffer.from('DERIVEKEY')])
  const sealing = Buffer.from(hkdfSync('sha512', dataKey, body.subarray(3, 35), info, 32))
  const again = (changed: Buffer): Buffer => {
    const tag = createCipheriv('aes-256-gcm', sealing, Buffer.alloc(12)).setAAD(changed)
    tag.final()
    return Buffer.concat([changed, tag.getAuthTag(), message.subarray(head)])
  }
  expect((await opened(again(body))).toString()).toBe('hers')
  const other = Buffer.from(body)
  other[body.length - 1] = (other[body.length - 1] ?? 0) ^ 1
  await expect(opened(again(other))).rejects.toMatchObject({ code: 'seal-broken' })
})

test('when the source fails, so does the sealing, and what came before is no whole message', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield randomBytes(2 * frameLength)
    throw new Error('the sender went away')
  }
  const given: Uint8Array[] = []
  const sealing = async (): Promise<void> => {
    for await (const part of sealParts(secret, bound, broken())) given.push(part)
  }
  await expect(sealing()).rejects.toThrow('the sender went away')
  await expect(opened(Buffer.concat(given))).rejects.toMatchObject({ code: 'seal-broken' })
})

test('a reader that leaves early closes what it read from', async () => {
  const message = await sealed(randomBytes(3 * frameLength))
  let isClosed = false
  async function* watched(): AsyncGenerator<Uint8Array> {
    try {
      yield* inPieces(message)
    } finally {
      isClosed = true
    }
  }
  for await (const part of openParts(secret, bound, watched())) {
    expect(part.length).toBe(frameLength)
    break
  }
  expect(isClosed).toBe(true)
})
