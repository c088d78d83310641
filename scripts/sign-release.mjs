// Lists the SHA-256 of everything in a folder of a release and signs the list, so that the person who installs it can check it
// with what every Debian has: node scripts/sign-release.mjs FOLDER --key FILE
import { createHash, createPrivateKey, sign } from 'node:crypto'
import { createReadStream, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const listName = 'SHA256SUMS'

/** `keyFile` is an Ed25519 key in PEM, as `openssl genpkey -algorithm ed25519` makes one. */
export async function signRelease(folder, keyFile) {
  const key = createPrivateKey(readFileSync(keyFile))
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${keyFile} is not an Ed25519 key.`)
  const names = readdirSync(folder).filter(name => !name.startsWith(listName))
  const lines = []
  for (const name of names.sort()) {
    const digest = createHash('sha256')
    await pipeline(createReadStream(join(folder, name)), digest)
    lines.push(`${digest.digest('hex')}  ${name}\n`)
  }
  const list = Buffer.from(lines.join(''))
  writeFileSync(join(folder, listName), list)
  // RFC 8032: the list itself is signed, with no digest before
  writeFileSync(join(folder, `${listName}.sig`), sign(null, list, key))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({ options: { key: { type: 'string' } }, allowPositionals: true })
  if (!values.key || positionals.length !== 1) {
    console.error('Usage: node scripts/sign-release.mjs FOLDER --key FILE')
    process.exit(64)
  }
  await signRelease(positionals[0], values.key)
}
