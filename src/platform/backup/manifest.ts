import { z } from 'zod'

const digest = z.string().regex(/^[0-9a-f]{64}$/)
const sqlWord = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/)
const tableName = z.string().regex(/^(unwatched|graphile_worker)\.[a-z_][a-z0-9_]{0,62}$/)
const count = z.int().min(0)

/** The first entry of a backup: what it is a backup of. */
export const Manifest = z.strictObject({
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  program: z.string().max(50),
  server: count,
  keyId: z.string().regex(/^[0-9a-f]{16}$/),
  clinics: z.array(z.strictObject({ slug: z.string(), name: z.string() })),
  migrations: z.array(z.strictObject({ number: count, name: z.string(), digest })).min(1),
  tables: z.array(z.strictObject({ name: tableName, columns: z.array(sqlWord).min(1) })).min(1),
})
export type Manifest = z.infer<typeof Manifest>

/** Where each counter stood when the tables had been copied. */
export const Counters = z.array(
  z.strictObject({ name: tableName, last: z.string().regex(/^-?\d{1,19}$/), isUsed: z.boolean() }),
)

/** The last entry: what must have come before it. A backup without it is cut short. */
export const Closing = z.strictObject({
  tables: z.array(z.strictObject({ name: tableName, parts: count, rows: count, sha256: digest })),
  blobs: z.strictObject({ count, bytes: count }),
  /** Blobs that the rows name and that were not on the disk: the backup is as whole as the clinic was. */
  missing: count,
})
export type Closing = z.infer<typeof Closing>

/** What a whole backup holds. */
export type Contents = { readonly manifest: Manifest; readonly closing: Closing; readonly size: number }
