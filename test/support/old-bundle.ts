import { buffer } from 'node:stream/consumers'
import type { BundleInput } from '../../src/bundle/bundle-input.ts'
import { writeExcerpt } from '../../src/bundle/custody-excerpt.ts'
import { makeExcerpt } from '../../src/bundle/make-excerpt.ts'
import { bundlePlaces, placeExhibits } from '../../src/bundle/manifest.ts'
import { prepareFiles } from '../../src/bundle/prepare.ts'
import { canonicalJson } from '../../src/foundation/canonical-json.ts'
import { type Bag, relist } from './adversary.ts'
import type { GrownLog } from './sample-bundle.ts'

/**
 * A bundle as the program made them before bundles were signed whole: no statement, a plain line of export for each
 * exhibit, and a description of the first kind. Kept so that the verifier goes on saying what such a one is.
 */
export async function makeOldBundle(input: BundleInput, grown: GrownLog): Promise<Bag> {
  const before = grown.log.length
  for (const { digest, reference } of input.exhibits)
    grown.append({
      minute: 40,
      act: 'exported',
      item: digest,
      detail: { bundle: input.bundleId, exhibit: reference },
    })
  const texts = grown.log.map(({ text }) => text)
  const items = new Set<string | null>(input.exhibits.map(({ digest }) => digest))
  const places = grown.log.flatMap(({ line }, place) => (items.has(line.item) ? [place] : []))
  const sizes = [...places.map(place => place + 1), before].filter(size => size > 0 && size < texts.length)
  const bag: Bag = new Map()
  for (const { path, open } of prepareFiles(input, Buffer.from('<!doctype html>')))
    bag.set(path, await buffer(open()))
  bag.set(bundlePlaces.description, Buffer.from(describe(input)))
  bag.set(bundlePlaces.excerpt, Buffer.from(writeExcerpt(makeExcerpt(texts, places, sizes))))
  for (const { path, open } of placeExhibits(input.exhibits)) {
    const parts: Uint8Array[] = []
    for await (const part of open()) parts.push(part)
    bag.set(path, Buffer.concat(parts))
  }
  bag.set(bundlePlaces.checkpoint, Buffer.from(grown.headAt(texts.length)))
  bag.set(
    'bag-info.txt',
    Buffer.from(
      `Source-Organization: ${input.clinicName}\nPayload-Oxum: 0.0\nBag-Software-Agent: Unwatched\n`,
    ),
  )
  for (const name of ['manifest-sha256', 'manifest-sha512', 'tagmanifest-sha256', 'tagmanifest-sha512'])
    bag.set(`${name}.txt`, new Uint8Array())
  return relist(bag)
}

function describe(input: BundleInput): string {
  const { reference, caseReference, clinicName, purpose, madeAt, requestedBy, approvedBy, notIncluded } =
    input
  const exhibits = placeExhibits(input.exhibits).map(
    ({ open: _open, derivedFrom: _derivedFrom, ...exhibit }) => exhibit,
  )
  const counts = { chronology: input.chronology.rows, exhibits: exhibits.length }
  const head = { bundle: 'unwatched/1', reference, caseReference, clinicName, purpose, madeAt }
  return `${canonicalJson({ ...head, requestedBy, approvedBy, counts, exhibits, notIncluded })}\n`
}
