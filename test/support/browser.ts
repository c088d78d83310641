import { type Browser, chromium } from 'playwright-core'
import { findBrowser } from './find-browser.ts'

/** Pictures of the pages are for people who want to look at them: UNWATCHED_PICTURES=yes npx vitest run test/journeys */
export const keepsPictures = process.env['UNWATCHED_PICTURES'] !== undefined

/**
 * No memory for what is painted: a page is laid out, and answers where everything is and what colour, as it always does,
 * but nobody looks at its pixels. Painting them took a quarter of what the browser takes in a run.
 */
const paintsNothing = '--force-gpu-mem-available-mb=0'

/** Starts a browser without a window. Fails, and says what to do, where none can be had. */
export async function openBrowser(): Promise<Browser> {
  const { executablePath, args, env } = await findBrowser()
  const known = Object.entries(env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  )
  return chromium.launch({
    executablePath,
    args: keepsPictures ? [...args] : [...args, paintsNothing],
    env: Object.fromEntries(known),
  })
}
