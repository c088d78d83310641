import { type Folding, foldings } from '../../picture/fold-picture.ts'

/** What the address of the picture asks for. It holds names of kinds, things and information, and never a label. */
export type ReachAddress = {
  readonly info: string | null
  /** The box the path should go through. */
  readonly last: string | null
  readonly by: Folding | null
  readonly open: ReadonlySet<string>
}

const name = /^[a-z][a-z0-9-]{0,60}$/
const mostOpen = 50

/** Reads an address. What is no name is ignored. */
export function readReachAddress(query: URLSearchParams): ReachAddress {
  const nameIn = (key: string): string | null => {
    const text = query.get(key)
    return text !== null && name.test(text) ? text : null
  }
  const open = query.getAll('open').filter(text => name.test(text))
  return {
    info: nameIn('way'),
    last: nameIn('last'),
    by: foldings.find(each => each === query.get('by')) ?? null,
    open: new Set(open.slice(0, mostOpen)),
  }
}

/** The address with something else asked for. */
export function writeReachAddress(
  base: string,
  address: ReachAddress,
  change: Partial<ReachAddress>,
): string {
  const { info, last, by, open } = { ...address, ...change }
  const query = new URLSearchParams()
  if (info) query.set('way', info)
  if (info && last) query.set('last', last)
  if (by) query.set('by', by)
  for (const id of [...open].sort()) query.append('open', id)
  const text = query.toString()
  return text === '' ? base : `${base}?${text}`
}
