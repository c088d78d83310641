import type { JourneyPerson } from '../../support/journey-person.ts'

/** A page that was come upon, with everything in it. */
export type CrawledPage = { readonly url: string; readonly title: string; readonly html: string }

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

/** Follows every link from some pages on, one of each shape, and answers all that was told. */
export async function crawlPages(
  person: JourneyPerson,
  site: string,
  starts: readonly string[],
): Promise<readonly CrawledPage[]> {
  const waiting = starts.map(path => new URL(path, site))
  const shapes = new Set<string>()
  const pages: CrawledPage[] = []
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const shape = shapeOf(next)
    if (shapes.has(shape)) continue
    shapes.add(shape)
    // Asked for as the browser would, with its cookies, but not drawn: what a page holds is what is looked for here.
    const answer = await person.context.request.get(next.href)
    const html = await answer.text()
    const [, title = ''] = /<title>([^<]*)<\/title>/.exec(html) ?? []
    pages.push({ url: answer.url(), title, html })
    const links = [...html.matchAll(/<a\b([^>]*)\bhref="([^"]*)"([^>]*)>/g)]
      .filter(([, before = '', , after = '']) => !/\bdownload\b/.test(before + after))
      .map(([, , href = '']) => new URL(href.replaceAll('&amp;', '&'), answer.url()).href)
    for (const to of links.map(link => new URL(link))) {
      const isPage = to.origin === new URL(site).origin && !/^\/(leave|assets)/.test(to.pathname)
      to.hash = ''
      if (isPage) waiting.push(to)
    }
  }
  return pages
}
