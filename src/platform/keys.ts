import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { mkdir, open, readFile, realpath, stat } from 'node:fs/promises'
import { dirname, relative } from 'node:path'
import { sha256 } from '../foundation/digest.ts'
import type { CaseId, ClinicId } from '../foundation/ids.ts'
import { Fault } from './fault.ts'

/**
 * The clinic's key: one key that wraps the case keys, one that signs the custody heads. In a file outside the data
 * directory; a cloud key service could stand behind the same functions.
 */
export type ClinicKey = {
  /** 256 bits. */
  readonly wrapping: Buffer
  /** Ed25519. */
  readonly signing: KeyObject
  readonly verifying: KeyObject
}

const firstLine = 'unwatched clinic key, version 1'

/** A new clinic key from the machine's own chance. */
export function makeClinicKey(): ClinicKey {
  return keyFromSeeds(randomBytes(32), randomBytes(32))
}

// RFC 8410, section 7: the PKCS #8 wrapping of an Ed25519 seed
const ed25519Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

function keyFromSeeds(wrapping: Buffer, seed: Buffer): ClinicKey {
  const signing = createPrivateKey({
    key: Buffer.concat([ed25519Prefix, seed]),
    format: 'der',
    type: 'pkcs8',
  })
  return { wrapping, signing, verifying: createPublicKey(signing) }
}

/** Makes a new key file, readable by its owner alone. Refuses to touch one that is there. */
export async function writeNewClinicKey(path: string): Promise<ClinicKey> {
  const wrapping = randomBytes(32)
  const seed = randomBytes(32)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      await file.writeFile(
        `${firstLine}\nwrapping ${wrapping.toString('base64')}\nsigning ${seed.toString('base64')}\n`,
      )
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    if (code === 'EEXIST')
      throw new Fault('key-exists', `There is a key in ${path} already. It is never overwritten.`, { cause })
    throw new Fault(
      'key-not-written',
      `The key could not be written to ${path} (${code ?? 'unknown fault'}).`,
      { cause },
    )
  }
  return keyFromSeeds(wrapping, seed)
}

/** Reads the key file; says which of the things that can be wrong with it is. */
export async function readClinicKey(path: string, dataFolder: string): Promise<ClinicKey> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'ENOENT'
      ? new Fault('key-missing', `There is no key in ${path}. Put the clinic's key back there.`, { cause })
      : new Fault('key-unreadable', `The key in ${path} cannot be read (${cause.code ?? 'unknown fault'}).`, {
          cause,
        })
  })
  const below = relative(await realpath(dataFolder).catch(() => dataFolder), await realpath(path))
  if (!below.startsWith('..') && below !== path) {
    throw new Fault(
      'key-inside-data',
      `The key in ${path} lies inside the data directory. A stolen disk would hold both: move it.`,
    )
  }
  const mode = (await stat(path)).mode
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new Fault(
      'key-too-open',
      `The key in ${path} can be read by others on this machine. Run: chmod 600 ${path}`,
    )
  }
  const found =
    /^unwatched clinic key, version 1\nwrapping ([A-Za-z0-9+/]{43}=)\nsigning ([A-Za-z0-9+/]{43}=)\n?$/.exec(
      text.replaceAll('\r\n', '\n'),
    )
  if (!found)
    throw new Fault(
      'key-malformed',
      `The file ${path} is not a clinic key of this program, or it was damaged.`,
    )
  return keyFromSeeds(Buffer.from(found[1] ?? '', 'base64'), Buffer.from(found[2] ?? '', 'base64'))
}

/** The key as bytes, for a process of the program's own and nobody else. */
export function packClinicKey(key: ClinicKey): {
  readonly wrapping: Uint8Array
  readonly signing: Uint8Array
} {
  return { wrapping: key.wrapping, signing: key.signing.export({ format: 'der', type: 'pkcs8' }) }
}

/** The same key again. */
export function unpackClinicKey(packed: ReturnType<typeof packClinicKey>): ClinicKey {
  const signing = createPrivateKey({ key: Buffer.from(packed.signing), format: 'der', type: 'pkcs8' })
  return { wrapping: Buffer.from(packed.wrapping), signing, verifying: createPublicKey(signing) }
}

/** A name for the key that gives nothing of it away: 16 hexadecimal digits of the digest of its public half. */
export function clinicKeyId(key: ClinicKey): string {
  return sha256(key.verifying.export({ format: 'der', type: 'spki' })).slice(0, 16)
}

/** A secret of its own for each purpose, 256 bits, from the wrapping key. */
// RFC 5869
export function deriveSecret(key: ClinicKey, label: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key.wrapping, '', `unwatched ${label}`, 32))
}

/** A new key for one file (a referral and the case it becomes): 256 bits. */
export function makeCaseKey(): Buffer {
  return randomBytes(32)
}

/** Seals a file's key with the clinic's, bound to the clinic and the file: 12 bytes nonce, 16 bytes tag, then the key. */
// NIST SP 800-38D
export function wrapCaseKey(key: ClinicKey, clinicId: ClinicId, caseId: CaseId, caseKey: Buffer): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', deriveSecret(key, 'wrap-case-key'), nonce)
  cipher.setAAD(Buffer.from(`${clinicId} ${caseId}`))
  const sealed = Buffer.concat([cipher.update(caseKey), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

/** Opens a file's key; throws a fault when it was wrapped by another clinic key, for another file, or altered. */
export function unwrapCaseKey(key: ClinicKey, clinicId: ClinicId, caseId: CaseId, wrapped: Buffer): Buffer {
  try {
    const decipher = createDecipheriv(
      'aes-256-gcm',
      deriveSecret(key, 'wrap-case-key'),
      wrapped.subarray(0, 12),
      { authTagLength: 16 }, // a shorter one, as of a row that was cut, would be easier to forge
    )
    decipher.setAAD(Buffer.from(`${clinicId} ${caseId}`))
    decipher.setAuthTag(wrapped.subarray(12, 28))
    return Buffer.concat([decipher.update(wrapped.subarray(28)), decipher.final()])
  } catch (cause) {
    throw new Fault('case-key-not-opened', 'A case key could not be opened with the clinic key in use.', {
      cause,
    })
  }
}
