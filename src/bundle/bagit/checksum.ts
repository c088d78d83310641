import { createHash, webcrypto } from 'node:crypto'

/** The checksums a bag may use and the hexadecimal digits of each; older bags use the weaker ones. */
// RFC 8493, section 2.4: MD5 and SHA-1 for old bags, SHA-256 and SHA-512 for new ones
const digitsOf: { readonly [name: string]: number | undefined } = {
  md5: 32,
  sha1: 40,
  sha224: 56,
  sha256: 64,
  sha384: 96,
  sha512: 128,
}

/** How many hexadecimal digits a checksum of this name has; null for a name the verifier does not know. */
export function checksumDigits(algorithm: string): number | null {
  return digitsOf[algorithm] ?? null
}

export type Measured = {
  readonly bytes: number
  readonly digests: ReadonlyMap<string, string>
  /** The bytes themselves, if they were asked for and do not exceed the limit. */
  readonly content: Uint8Array | null
  /** Why the file could not be read to its end; null when it was. The digests are then of what could be read. */
  readonly failure: string | null
}

/**
 * Checksums that are taken on another thread, by their names in the Web Cryptography API, section 18.2.2: the long ones. To
 * hand a file over takes longer than SHA-256 of it, for which processors have instructions.
 */
const asideNames: { readonly [name: string]: string | undefined } = { sha384: 'SHA-384', sha512: 'SHA-512' }

/** Checksums of bytes that are all there, in hexadecimal, the long ones beside other work. */
export async function digestAside(
  bytes: Uint8Array,
  algorithms: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const digests = algorithms.map(async (name): Promise<[string, string]> => {
    const aside = asideNames[name]
    if (aside === undefined) return [name, createHash(name).update(bytes).digest('hex')]
    return [name, Buffer.from(await webcrypto.subtle.digest(aside, bytes)).toString('hex')]
  })
  return new Map(await Promise.all(digests))
}

/** Reads a file once: counts it, computes every checksum asked for, and keeps its bytes up to a limit. */
export async function measure(
  source: AsyncIterable<Uint8Array>,
  algorithms: readonly string[],
  keepUpTo: number,
): Promise<Measured> {
  const hashes = algorithms.map(name => ({ name, hash: createHash(name) }))
  let chunks: Uint8Array[] | null = keepUpTo > 0 ? [] : null
  let bytes = 0
  // What came in one piece is digested when it is known that nothing follows.
  let only: Uint8Array | null = null
  let failure: string | null = null
  try {
    for await (const chunk of source) {
      if (only) for (const { hash } of hashes) hash.update(only)
      if (bytes > 0) for (const { hash } of hashes) hash.update(chunk)
      only = bytes === 0 ? chunk : null
      bytes += chunk.length
      if (bytes > keepUpTo) chunks = null
      else chunks?.push(chunk)
    }
  } catch (problem) {
    // One file that cannot be read is a finding about that file. The others are still checked.
    failure = problem instanceof Error ? problem.message : 'the file cannot be read'
  }
  const digests = only
    ? await digestAside(only, algorithms)
    : new Map(hashes.map(({ name, hash }) => [name, hash.digest('hex')]))
  return { bytes, digests, content: chunks && new Uint8Array(Buffer.concat(chunks)), failure }
}
