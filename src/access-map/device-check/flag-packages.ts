import type { ListedPackage } from './android-packages.ts'
import { findInstaller } from './installers.ts'

/** Why an app should be looked at, by what the list itself shows and nothing else. */
export const flagReasons = ['no-installer', 'by-hand', 'by-cable', 'other-app', 'system-name'] as const
export type FlagReason = (typeof flagReasons)[number]

export type Flag = {
  readonly line: number
  readonly package: string
  readonly because: FlagReason
  /** The app that installed it, if the reason is another app. */
  readonly installer: string | null
}

// Android Open Source Project, "Partitions": what lies here came with the phone
const systemPath = /^\/(system|system_ext|product|vendor|odm|oem|apex|preload|prism|my_[a-z]+)(\/|$)/
const systemName = /^(android$|com\.android\.|com\.google\.android\.(gms|gsf|ext|providers)\b)/

/**
 * Flags the apps that did not come from a store. Android names no installer for apps that came with the phone either.
 * Without paths, the two can only be told apart in a list without any such app (`-3`); otherwise the app counts as
 * not judged.
 */
export function flagPackages(packages: readonly ListedPackage[]): {
  readonly flags: readonly Flag[]
  /** Apps for which the list names no installer and does not show whether they came with the phone. */
  readonly unjudged: number
} {
  const holdsSystem = packages.some(({ name }) => systemName.test(name))
  const flags: Flag[] = []
  let unjudged = 0
  for (const { line, name, path, installer } of packages) {
    if (path !== null && systemPath.test(path)) continue
    if (installer === null) continue
    const isNobody = installer === 'null' || installer === ''
    if (isNobody && path === null && holdsSystem) {
      unjudged += 1
      continue
    }
    const method = isNobody ? 'no-installer' : findInstaller(installer)
    if (method === 'store') continue
    const isDisguised = path !== null && systemName.test(name)
    flags.push({
      line,
      package: name,
      because: isDisguised ? 'system-name' : method,
      installer: isNobody ? null : installer.slice(0, 255),
    })
  }
  return { flags, unjudged }
}
