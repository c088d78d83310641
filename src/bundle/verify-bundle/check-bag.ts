import type { BagProblem } from '../bagit/bag-problem.ts'
import type { BagReading } from '../bagit/read-bag.ts'
import { type BundleCheck, type CheckId, judge } from './check.ts'

/**
 * The six checks of the bag. A bundle of ours must meet more than any other bag: warnings count, both checksums must
 * be there, and every tag file must be listed, so that no byte is outside some list.
 */
// RFC 8493
export function checkBag(reading: BagReading, problems: readonly BagProblem[]): readonly BundleCheck[] {
  const found = new Map<CheckId, string[]>(bagChecks.map(id => [id, []]))
  const say = (id: CheckId, text: string) => found.get(id)?.push(text)
  for (const problem of problems) say(checkOf(problem), `${problem.place}: ${problem.message}`)
  for (const algorithm of ['sha256', 'sha512'] as const) {
    const [payload, tags] = [`manifest-${algorithm}.txt`, `tagmanifest-${algorithm}.txt`]
    if (!reading.files.has(payload)) say(`payload-${algorithm}`, `There is no ${payload}.`)
    if (!reading.files.has(tags)) say(`tags-${algorithm}`, `There is no ${tags}.`)
    const listed = new TextDecoder().decode(reading.files.get(tags)?.content ?? new Uint8Array())
    const names = new Set(listed.split('\n').map(line => line.replace(/^[0-9a-f]+ +/, '')))
    for (const path of reading.files.keys()) {
      const mustBeListed = !path.startsWith('data/') && !path.startsWith('tagmanifest-')
      if (mustBeListed && !names.has(path)) say(`tags-${algorithm}`, `${path} is not listed in ${tags}.`)
    }
  }
  return bagChecks.map(id => judge(id, found.get(id) ?? [], passes[id]))
}

const bagChecks = [
  'bag-declaration',
  'bag-complete',
  'payload-sha256',
  'payload-sha512',
  'tags-sha256',
  'tags-sha512',
] as const
const passes: { readonly [id in (typeof bagChecks)[number]]: string } = {
  'bag-declaration': 'It is a BagIt 1.0 bag.',
  'bag-complete': 'All files that are listed are there, and no file is there that is not listed.',
  'payload-sha256': 'Every file in data has the SHA-256 it is listed with.',
  'payload-sha512': 'Every file in data has the SHA-512 it is listed with.',
  'tags-sha256': 'Every list and every tag file has the SHA-256 it is listed with.',
  'tags-sha512': 'Every list and every tag file has the SHA-512 it is listed with.',
}

/** Which check a problem of the bag belongs to: by its kind, and for digests and lines by the list it stands in. */
function checkOf({ code, place }: BagProblem): CheckId {
  const [, tag, name] = /^(tag)?manifest-(sha256|sha512)\.txt/.exec(place) ?? []
  const list: CheckId | null =
    name === 'sha256' || name === 'sha512' ? `${tag ? 'tags' : 'payload'}-${name}` : null
  switch (code) {
    case 'declaration-missing':
    case 'declaration-wrong':
    case 'declaration-loose':
    case 'encoding-unknown':
      return 'bag-declaration'
    case 'digest-differs':
    case 'line-unreadable':
    case 'tag-file-unreadable':
    case 'algorithm-unknown':
    case 'listed-twice':
    case 'listed-twice-differently':
    case 'leading-dot-slash':
    case 'made-by-md5sum':
      return list ?? 'bag-complete'
    case 'payload-folder-missing':
    case 'payload-manifest-missing':
    case 'unsafe-path':
    case 'outside-payload':
    case 'differs-by-case-or-form':
    case 'system-file-missing':
    case 'file-missing':
    case 'not-fetched':
    case 'file-not-listed':
    case 'size-differs':
    case 'oxum-unreadable':
    case 'file-unreadable':
    case 'not-a-file':
    case 'name-used-twice':
      return 'bag-complete'
  }
}
