import { once } from 'node:events'
import { type Duplex, PassThrough } from 'node:stream'
import {
  AlgorithmSuiteIdentifier,
  buildClient,
  CommitmentPolicy,
  RawAesKeyringNode,
  RawAesWrappingSuiteIdentifier,
} from '@aws-crypto/client-node'
import type { CaseId, ClinicId } from '../foundation/ids.ts'
import { Fault } from './fault.ts'

/**
 * What a sealed thing is bound to. It is written in clear in the head of the sealed message and authenticated, so the
 * message opens only as what it was sealed as. It holds ids alone, never a word about anybody.
 */
export type Bound =
  | {
      readonly clinicId: ClinicId
      readonly caseId: CaseId
      /** What kind of thing: a stored file, or a field of the case. */
      readonly kind: 'blob' | 'field'
      /** The blob's id, or the field's name. */
      readonly name: string
    }
  | {
      /** A backup of everything: it belongs to no one case. */
      readonly kind: 'backup'
      /** The name of the clinic's key that its own key comes from. */
      readonly keyId: string
      /** The backup's own id. */
      readonly name: string
    }

/** One frame is sealed and checked at a time: 1 MiB measured fastest (decision 3). */
const frameLength = 1024 * 1024

// AWS Encryption SDK, message format version 2 (published): key commitment, so one message opens under one key only
const client = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT)

/**
 * Gives plain bytes back as one sealed message under the case's key. When the source fails, so does this, and never
 * with a message that looks whole.
 */
export async function* sealParts(
  caseKey: Buffer,
  bound: Bound,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const sealing = client.encryptStream(keyring(caseKey, bound), {
    // No signature per message: it costs half the speed, and the signed custody head covers the digest.
    suiteId: AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY,
    encryptionContext: contextOf(bound),
    frameLength,
  })
  // The library's stream must never be destroyed: a pipeline inside it throws where nobody can catch, which would end
  // the process (S13), and its reader sees an ordinary end. So it is always ended, and what it still gives thrown away.
  const sealed = new PassThrough({ highWaterMark: frameLength })
  sealing.on('error', cause => sealed.destroy(cause))
  sealing.pipe(sealed)
  let isLeft = false
  const feeding = (async () => {
    for await (const part of source) {
      if (isLeft) return
      if (!sealing.write(part)) await once(sealing, 'drain')
    }
    sealing.end()
  })()
  feeding.catch(cause => sealed.destroy(cause instanceof Error ? cause : new Error('the source failed')))
  try {
    yield* sealed
    await feeding
  } finally {
    isLeft = true
    sealing.unpipe(sealed)
    sealing.resume()
    sealing.end()
  }
}

/**
 * How long the sealed message of so many plain bytes is. What stands behind a message is not sealed, and the library
 * passes over it: a caller that must know that nothing does compares the length.
 */
// AWS Encryption SDK, message format version 2, framed data: each frame adds 32 bytes, the last of them 8 more
export async function sealedLength(caseKey: Buffer, bound: Bound, plainBytes: number): Promise<number> {
  // The head names what the message is bound to: of names of the same lengths it is as long.
  const shape = Object.values(bound)
    .map(name => Buffer.byteLength(name))
    .join()
  const length = emptyLengths.get(shape) ?? (await measureEmpty(caseKey, bound))
  emptyLengths.set(shape, length)
  return length + plainBytes + 32 * Math.floor(plainBytes / frameLength)
}

const emptyLengths = new Map<string, number>()

async function measureEmpty(caseKey: Buffer, bound: Bound): Promise<number> {
  let length = 0
  async function* nothing(): AsyncGenerator<Uint8Array> {}
  for await (const part of sealParts(caseKey, bound, nothing())) length += part.length
  return length
}

/**
 * A stream that takes one sealed message and gives the plain bytes, frame by frame, each checked before it is given.
 * A message cut at a frame's edge is noticed only at its end: code that shows bytes compares the digest of the whole first.
 */
export function openStream(caseKey: Buffer, bound: Bound): Duplex {
  const stream = client.decryptUnsignedMessageStream(keyring(caseKey, bound))
  stream.on('error', alreadyTold)
  stream.once('MessageHeader', (header: { readonly encryptionContext: Readonly<Record<string, string>> }) => {
    const isBound = Object.entries(contextOf(bound)).every(
      ([name, value]) => header.encryptionContext[name] === value,
    )
    if (!isBound) stream.destroy(new Fault('seal-of-another', 'A sealed thing was sealed as something else.'))
  })
  return stream
}

/**
 * The library's stream raises its error once more after a pipeline has dealt with it and left. With nobody listening
 * that would end the process: one broken upload would take the clinic down (S13).
 */
function alreadyTold(): void {}

function keyring(caseKey: Buffer, bound: Bound): RawAesKeyringNode {
  // The library wants the bytes in an array of their own, not in a slice of node's shared pool.
  const unencryptedMasterKey = new Uint8Array(caseKey.length)
  unencryptedMasterKey.set(caseKey)
  return new RawAesKeyringNode({
    keyNamespace: bound.kind === 'backup' ? 'unwatched-backup' : 'unwatched-case',
    keyName: bound.kind === 'backup' ? bound.keyId : bound.caseId,
    unencryptedMasterKey,
    wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
  })
}

function contextOf(bound: Bound): Readonly<Record<string, string>> {
  return bound.kind === 'backup'
    ? { key: bound.keyId, kind: bound.kind, name: bound.name }
    : { clinic: bound.clinicId, case: bound.caseId, kind: bound.kind, name: bound.name }
}
