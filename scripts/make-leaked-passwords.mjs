// Makes src/identity/leaked-password-digests.ts from the list of common and leaked passwords of @zxcvbn-ts/language-common
// (MIT), without a dependency: npm pack @zxcvbn-ts/language-common@4.1.3, unpack it, and give its src/passwords.json here.
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'

const source = process.argv[2]
if (!source) {
  console.error('Usage: node scripts/make-leaked-passwords.mjs PATH/TO/passwords.json')
  process.exit(64)
}
const list = JSON.parse(await readFile(source, 'utf8'))
const shortest = 5
const kept = new Set(
  list.map(entry => entry.normalize('NFKC').toLowerCase()).filter(entry => [...entry].length >= shortest),
)
const digests = [...kept]
  .map(entry => createHash('sha256').update(entry).digest().readUInt32BE(0))
  .sort((one, other) => one - other)
const bytes = Buffer.alloc(digests.length * 4)
for (const [index, digest] of digests.entries()) bytes.writeUInt32BE(digest, index * 4)
const lines = bytes.toString('base64').match(/.{1,1000}/g) ?? []
await writeFile(
  'src/identity/leaked-password-digests.ts',
  `/**
 * ${kept.size} common and leaked passwords of ${shortest} characters and more: of each the first 32 bits of SHA-256 over its
 * NFKC form in small letters, in rising order, base64. Made by scripts/make-leaked-passwords.mjs.
 */
// @zxcvbn-ts/language-common 4.1.3, src/passwords.json; MIT licence, Copyright (c) 2012-2016 Dan Wheeler and Dropbox, Inc.,
// Copyright (c) 2021 @zxcvbn-ts. Its terms are those of LICENSE in this repository
export const leakedPasswordDigests = \`
${lines.join('\n')}
\`
`,
)
console.log(`${kept.size} passwords, ${bytes.length} bytes`)
