import { type Browser, chromium } from 'playwright-core'
import { findBrowser } from './find-browser.ts'

/** Starts a browser without a window. Fails, and says what to do, where none can be had. */
export async function openBrowser(): Promise<Browser> {
  const { executablePath, args, env } = await findBrowser()
  const known = Object.entries(env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  )
  return chromium.launch({ executablePath, args: [...args], env: Object.fromEntries(known) })
}
