import { createHash } from 'node:crypto'

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

/** Reads a file once: counts it, computes every checksum asked for, and keeps its bytes up to a limit. */
export async function measure(
  source: AsyncIterable<Uint8Array>,
  algorithms: readonly string[],
  keepUpTo: number,
): Promise<Measured> {
  const hashes = algorithms.map(name => ({ name, hash: createHash(name) }))
  let chunks: Uint8Array[] | null = keepUpTo > 0 ? [] : null
  let bytes = 0
  let failure: string | null = null
  try {
    for await (const chunk of source) {
      bytes += chunk.length
      for (const { hash } of hashes) hash.update(chunk)
      if (bytes > keepUpTo) chunks = null
      else chunks?.push(chunk)
    }
  } catch (problem) {
    // One file that cannot be read is a finding about that file. The others are still checked.
    failure = problem instanceof Error ? problem.message : 'the file cannot be read'
  }
  const digests = new Map(hashes.map(({ name, hash }) => [name, hash.digest('hex')]))
  return { bytes, digests, content: chunks && new Uint8Array(Buffer.concat(chunks)), failure }
}
