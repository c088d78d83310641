/** One thing in a bag, as a folder or a zip lists it. Paths have forward slashes and start at the bag. */
export type BagEntry = {
  readonly path: string
  readonly kind: 'file' | 'folder' | 'link' | 'other'
  /** In bytes; 0 for what is not a file. */
  readonly size: number
}

/**
 * Where a bag is read from. The verifier knows nothing else of the world: a disk, a zip and a test each have a reader
 * of their own. A reader follows no links. What it lists twice is there twice.
 */
export type BagReader = {
  readonly list: () => Promise<readonly BagEntry[]>
  /** The bytes of a listed file. */
  readonly open: (path: string) => AsyncIterable<Uint8Array>
}
