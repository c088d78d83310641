import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { keepsPictures } from './browser.ts'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/**
 * Every page has axe and none runs it before it is asked for: half a megabyte goes to a browser once, and not with every
 * look.
 */
const axeWhenAsked = `Object.defineProperty(globalThis, 'axe', {
  configurable: true,
  get() {
    delete globalThis.axe
    ;(function () { ${axe}
    }).call(globalThis)
    return globalThis.axe
  },
})`
const pictures = join('.cache', 'pictures')

const wide = { width: 1280, height: 900 }
const narrow = { width: 320, height: 640 }

/** What a page was when somebody looked at it. */
export type SeenPage = { readonly url: string; readonly title: string; readonly html: string }

/** Names what reaches beyond the right edge of the page, for the person who has to find it. */
const beyondTheEdge = `[...document.querySelectorAll('body *')]
  .filter(it => it.getBoundingClientRect().right > document.documentElement.clientWidth && !it.closest('.scrolls-sideways *'))
  .map(it => it.outerHTML.slice(0, 120)).slice(0, 5).join('\\n') || 'something that is not drawn'`

/** Somebody at a browser of their own. */
export type JourneyPerson = {
  readonly page: Page
  readonly context: BrowserContext
  /** Opens a path of the clinic. */
  readonly open: (path: string) => Promise<void>
  /**
   * Looks at the page as it is now, wide and narrow: no fault of accessibility, nothing that scrolls sideways, no
   * complaint of the browser. With UNWATCHED_PICTURES set it keeps a picture when given a
   * name for it.
   */
  readonly look: (picture?: string) => Promise<void>
  /** Looks only whether the page fits a small screen and the browser complains of nothing. */
  readonly glance: () => Promise<void>
  /** The words of a part of the page, as one line; of its main part when none is named. */
  readonly read: (part?: string) => Promise<string>
  /** Every page looked at, in order. */
  readonly seen: readonly SeenPage[]
  /** Every address asked for. */
  readonly asked: readonly string[]
  /** What a script of somebody else would do: a dialog, an error, a refusal by the policy. */
  readonly complaints: readonly string[]
  readonly close: () => Promise<void>
}

/** Sits somebody down at a browser: with scripts or without, and never on the network beyond the clinic. */
export async function sitDown(
  browser: Browser,
  address: string,
  options: { readonly scripts?: boolean } = {},
): Promise<JourneyPerson> {
  const context = await browser.newContext({
    viewport: wide,
    javaScriptEnabled: options.scripts ?? true,
    acceptDownloads: true,
    baseURL: address,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
  })
  await context.addInitScript({ content: axeWhenAsked })
  context.setDefaultTimeout(40_000)
  const asked: string[] = []
  const complaints: string[] = []
  const seen: SeenPage[] = []
  context.on('request', request => asked.push(request.url()))
  const page = await context.newPage()
  await answerTheNeutralSite(context, page)
  page.on('dialog', dialog => {
    complaints.push(`a dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('pageerror', error => complaints.push(`a script failed: ${error.message}`))
  page.on('console', message => {
    // A page that says what to correct is answered with a 4xx, which the browser remarks on.
    if (/^Failed to load resource: the server responded with a status of 4\d\d/.test(message.text())) return
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })

  // What judges a page is a script itself: a page without scripts is judged from its markup, in a browser that runs none of ours.
  const mirror = options.scripts === false ? await openMirror(browser) : null

  const measure = async (shown: Page, path: string, size: 'narrow' | 'wide'): Promise<void> => {
    const overflow = await shown.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    )
    const wideParts = overflow === 0 ? '' : await shown.evaluate<string>(beyondTheEdge)
    expect(wideParts, `${path} scrolls sideways by ${overflow} when ${size}`).toBe('')
  }

  const check = async (shown: Page, path: string, size: 'narrow' | 'wide'): Promise<void> => {
    await measure(shown, path, size)
    // Colours are the same at every width, and the costliest thing to judge: once is enough.
    const options = { resultTypes: ['violations'], rules: { 'color-contrast': { enabled: size === 'wide' } } }
    const found = await shown.evaluate<AxeResults>(`axe.run(${JSON.stringify(options)})`)
    const faults = found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`)
    expect(faults.join('\n'), `${path} is not open to everybody when ${size}`).toBe('')
  }

  return {
    page,
    context,
    seen,
    asked,
    complaints,
    read: async (part = 'main') =>
      ((await page.locator(part).textContent()) ?? '').replace(/\s+/g, ' ').trim(),
    open: async path => {
      await page.goto(path)
    },
    glance: async () => {
      await page.waitForLoadState()
      await page.setViewportSize(narrow)
      await measure(page, new URL(page.url()).pathname, 'narrow')
      await page.setViewportSize(wide)
      expect(complaints).toEqual([])
    },
    look: async picture => {
      await page.waitForLoadState()
      const now = { url: page.url(), title: await page.title(), html: await page.content() }
      seen.push(now)
      const shown = mirror ? await mirror.show(now) : page
      for (const [size, viewport] of [
        ['narrow', narrow],
        ['wide', wide],
      ] as const) {
        await shown.setViewportSize(viewport)
        await check(shown, new URL(now.url).pathname, size)
        if (picture === undefined || !keepsPictures) continue
        await mkdir(pictures, { recursive: true })
        await shown.screenshot({ path: join(pictures, `${picture}-${size}.png`), fullPage: true })
      }
      expect(complaints).toEqual([])
    },
    close: async () => {
      await mirror?.close()
      await context.close()
    },
  }
}

/**
 * Answers for the neutral site that somebody who leaves goes on to: the tests stay off the network. A redirect from the
 * clinic leads there, which only the browser's own protocol lets one answer.
 */
async function answerTheNeutralSite(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page)
  const body = Buffer.from('<!DOCTYPE html><title>Weather</title><h1>Weather</h1>').toString('base64')
  const responseHeaders = [{ name: 'content-type', value: 'text/html' }]
  session.on('Fetch.requestPaused', ({ requestId }) => {
    // The page may have been closed meanwhile, and then nobody waits for the answer.
    session
      .send('Fetch.fulfillRequest', { requestId, responseCode: 200, responseHeaders, body })
      .catch(() => {})
  })
  await session.send('Fetch.enable', { patterns: [{ urlPattern: 'https://*' }] })
}

/** A second browser page that shows given markup at its own address, with the clinic's styles and without its scripts. */
async function openMirror(
  browser: Browser,
): Promise<{ readonly show: (seen: SeenPage) => Promise<Page>; readonly close: () => Promise<void> }> {
  const context = await browser.newContext({ viewport: wide })
  await context.addInitScript({ content: axeWhenAsked })
  const page = await context.newPage()
  let current: SeenPage | null = null
  await context.route('**/*.js', route => route.abort())
  await context.route(
    // a place within the page is not asked for
    url => url.href === current?.url.replace(/#.*$/, ''),
    route => route.fulfill({ contentType: 'text/html; charset=utf-8', body: current?.html ?? '' }),
  )
  return {
    show: async seen => {
      current = seen
      await page.goto(seen.url)
      return page
    },
    close: () => context.close(),
  }
}
