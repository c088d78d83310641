export type Found =
  | { readonly kind: 'same'; readonly path: string }
  /** The same name in other letters: upper or lower case, or another Unicode form. */
  | { readonly kind: 'like'; readonly path: string }
  | { readonly kind: 'missing'; readonly isSystemFile: boolean }

const folds = new WeakMap<object, ReadonlyMap<string, string>>()

/** Finds a listed file among those that are there, as it is written or as another machine would write it. */
// RFC 8493, sections 5.2.1 and 6.1.1.3: case and Unicode normalisation differ between file systems
export function findListed(files: ReadonlyMap<string, unknown>, path: string): Found {
  if (files.has(path)) return { kind: 'same', path }
  const like = foldsOf(files).get(fold(path))
  if (like !== undefined) return { kind: 'like', path: like }
  return { kind: 'missing', isSystemFile: systemFile.test(path) }
}

const systemFile = /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini|\.localized|\._[^/]*)$/i
const fold = (path: string) => path.normalize('NFC').toLowerCase()

function foldsOf(files: ReadonlyMap<string, unknown>): ReadonlyMap<string, string> {
  let map = folds.get(files)
  if (!map) {
    map = new Map([...files.keys()].map(path => [fold(path), path]))
    folds.set(files, map)
  }
  return map
}
