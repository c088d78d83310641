/** An address without its references: pages of one shape are one page of the program. */
export function shapeOf(address: URL): string {
  const path = address.pathname
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')
    .replace(/:id[.:~_-]\d+/g, ':id')
    .replace(/\/(things|channels)\/[tc]\d+/g, '/$1/:part')
    .replace(/\/history\/\d+/g, '/history/:state')
    .replace(/[0-9A-Z]{5}-[0-9A-Z]{5}/g, ':reference')
  return `${path}?${[...address.searchParams.keys()].sort().join('&')}`
}
