import type { BlockPlace, FetchBlocks } from '../../foundation/blocks/leaf-reader.ts'

type Waiting = {
  readonly wanted: readonly BlockPlace[]
  readonly resolve: (blocks: readonly Buffer[]) => void
  readonly reject: (cause: unknown) => void
}

/**
 * Fetches in one step what is asked for in the same turn of the event loop, so that what is looked up side by side takes no
 * more steps than the longest of it. Where a step fails, everybody who waits for it is told.
 */
export function joinFetches(fetch: FetchBlocks): FetchBlocks {
  let waiting: Waiting[] = []
  const send = (): void => {
    const together = waiting
    waiting = []
    fetch(together.flatMap(each => each.wanted)).then(
      blocks => {
        let at = 0
        for (const { wanted, resolve } of together) {
          resolve(blocks.slice(at, at + wanted.length))
          at += wanted.length
        }
      },
      cause => {
        for (const { reject } of together) reject(cause)
      },
    )
  }
  return wanted =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(send)
      waiting.push({ wanted, resolve, reject })
    })
}
