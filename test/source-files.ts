import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const projectFolder = join(dirname(fileURLToPath(import.meta.url)), '..')

export type SourceFile = {
  /** Below src, with forward slashes: `cases/operations/create-case.ts`. */
  readonly path: string
  readonly room: string
  readonly text: string
  /** Imports of other source files, by path below src. */
  readonly imports: readonly string[]
  /** Imports of libraries and of Node itself. */
  readonly libraries: readonly string[]
  readonly lines: number
}

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s[^'"\n]*?(?:\{[^}]*\}\s*)?(?:from\s*)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/g

/** Every source file that is not a test, read as text. */
export function readSourceFiles(): readonly SourceFile[] {
  const src = join(projectFolder, 'src')
  return readdirSync(src, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map(entry => {
      const path = relative(src, join(entry.parentPath, entry.name)).split('\\').join('/')
      const text = readFileSync(join(entry.parentPath, entry.name), 'utf8')
      const named = [...text.matchAll(importPattern)].map(match => match[1] ?? match[2] ?? '')
      return {
        path,
        room: path.split('/')[0] ?? '',
        text,
        imports: named
          .filter(name => /^\.{1,2}\/.*\.ts$/.test(name))
          .map(name => posix.normalize(posix.join(posix.dirname(path), name))),
        libraries: named.filter(name => !name.startsWith('.')),
        lines: text.split('\n').length - 1,
      }
    })
    .filter(file => !file.path.includes('/fixtures/'))
}

export type Furniture = 'rule' | 'operation' | 'store' | 'jobs' | 'page'

/** Which piece of furniture a file is, from its place alone. */
export function furnitureOf(path: string): Furniture {
  const [, second = '', ...rest] = path.split('/')
  if (second === 'operations') return 'operation'
  if (second === 'pages') return 'page'
  if (rest.length === 0 && /^([a-z]+-)*store\.ts$/.test(second)) return 'store'
  if (rest.length === 0 && second === 'jobs.ts') return 'jobs'
  return 'rule'
}
