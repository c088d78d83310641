import { bindingLines, placesOf } from '../../src/bundle/binding-lines.ts'
import { writeExcerpt } from '../../src/bundle/custody-excerpt.ts'
import { makeExcerpt } from '../../src/bundle/make-excerpt.ts'
import { bundlePlaces } from '../../src/bundle/manifest.ts'
import {
  digestOfStatement,
  parseStatement,
  type Statement,
  writeStatement,
} from '../../src/bundle/statement.ts'
import { type CheckpointSigner, writeVerifierKey } from '../../src/evidence/checkpoint-key.ts'
import { type CustodyLine, readCustodyLine } from '../../src/evidence/custody-line.ts'
import { signDigest } from '../../src/evidence/signed-digest.ts'
import { canonicalJson, type Json } from '../../src/foundation/canonical-json.ts'
import { sha256 } from '../../src/foundation/digest.ts'
import { type Bag, type Forgery, relist, textOf } from './adversary.ts'
import type { MadeBundle } from './made-bundle.ts'
import { type GrownLog, growLog } from './sample-bundle.ts'

const { statement: statementPath, signature: signaturePath } = bundlePlaces

/** The log again as it was, so that it can be grown differently. */
export function growAgain(grown: GrownLog, signer: CheckpointSigner, size: number): GrownLog {
  const again = growLog(signer, grown.origin)
  for (const { line } of grown.log.slice(0, size)) {
    const minute = (Date.parse(line.at) - Date.UTC(2026, 2, 3, 9)) / 60_000
    again.append({ minute, act: line.act, item: line.item, detail: line.detail })
  }
  return again
}

/** A changed chronology under signatures of the forger's own, more of them each time, and all of them at last. */
export function* resign(
  { files, grown }: MadeBundle,
  own: CheckpointSigner,
): Generator<Omit<Forgery, 'places'>> {
  const chronology = Buffer.from('there was no threat')
  const bag: Bag = new Map(files).set('data/chronology.csv', chronology)
  edit(bag, statementPath, value => ({
    ...value,
    files: (value['files'] as { path: string }[]).map(file =>
      file.path === 'data/chronology.csv'
        ? { path: file.path, bytes: chronology.length, sha256: sha256(chronology) }
        : file,
    ),
  }))
  const key = `${writeVerifierKey({ name: own.name, publicKey: own.publicKey })}\n`
  const stated = parseStatement(textOf(bag, statementPath))
  if (!stated) throw new Error('the adversary wrote no statement')
  const sign = (statement: Statement) => {
    bag.set(statementPath, Buffer.from(writeStatement(statement)))
    const digest = digestOfStatement(textOf(bag, statementPath))
    const claim = { kind: 'bundle-statement', origin: grown.origin, digest } as const
    bag.set(signaturePath, Buffer.from(signDigest(claim, own)))
    return digest
  }
  sign(stated)
  yield { what: 'the statement', bag: relist(new Map(bag)) }
  bag.set(bundlePlaces.clinicKey, Buffer.from(key))
  const withKeyOfHis = {
    ...stated,
    files: stated.files.map(file =>
      file.path === bundlePlaces.clinicKey
        ? { path: file.path, bytes: Buffer.byteLength(key), sha256: sha256(key) }
        : file,
    ),
  }
  const digest = sign(withKeyOfHis)
  yield { what: 'the statement, and the key in the bundle', bag: relist(new Map(bag)) }
  const log = growAgain(grown, own, stated.log.size)
  for (const line of bindingLines(withKeyOfHis, digest)) log.append({ minute: 30, ...line })
  const texts = log.log.map(({ text }) => text)
  const excerpt = makeExcerpt(texts, placesOf(withKeyOfHis), stated.log.heads)
  bag.set(bundlePlaces.excerpt, Buffer.from(writeExcerpt(excerpt)))
  bag.set(bundlePlaces.checkpoint, Buffer.from(log.headAt(texts.length)))
  yield { what: 'everything', bag: relist(new Map(bag)) }
}

type Value = { [name: string]: Json }

export function edit(bag: Bag, path: string, change: (value: Value) => object): void {
  const changed = change(JSON.parse(textOf(bag, path)) as Value)
  bag.set(path, Buffer.from(`${canonicalJson(changed as Value)}\n`))
}

export function editLines(bag: Bag, isKept: (line: CustodyLine) => boolean): void {
  edit(bag, bundlePlaces.excerpt, value => ({
    ...value,
    lines: (value['lines'] as { text: string }[]).filter(({ text }) => {
      const line = readCustodyLine(text)
      return line !== null && isKept(line)
    }),
  }))
}

export function isSame(bag: Bag, files: ReadonlyMap<string, Uint8Array>): boolean {
  return (
    bag.size === files.size &&
    [...bag].every(([path, bytes]) => Buffer.from(bytes).equals(files.get(path) ?? Buffer.from('?')))
  )
}
