import { drawSchema } from './draw-schema.ts'
import { drawWhoSeesWhat } from './draw-who-sees-what.ts'

/** What is written from a database that `database/` made. */
export const drawn: readonly {
  readonly path: string
  readonly draw: (ownerUrl: string) => Promise<string>
}[] = [
  { path: 'src/platform/schema.ts', draw: drawSchema },
  { path: 'docs/who-sees-what.md', draw: drawWhoSeesWhat },
]
