import { connectOnce, endConnection } from './as-owner.ts'
import { listBlobColumns, sqlName } from './backup/clinic-tables.ts'
import { openBlobStore } from './blobs.ts'
import { Fault } from './fault.ts'

/** How many names of each table are looked for: its first and its last. */
const lookedFor = 25

/** Of the stored files that a database names, some were looked for; so many were there. */
export type OriginalsFound = { readonly named: number; readonly there: number }

/** Looks whether the files that a database names lie where this program would look for them. Reads none of them. */
export async function findOriginals(ownerUrl: string, blobFolder: string): Promise<OriginalsFound> {
  const store = openBlobStore(blobFolder)
  const client = await connectOnce(ownerUrl)
  const names = new Set<string>()
  try {
    for (const table of await listBlobColumns(client)) {
      for (const order of ['asc', 'desc']) {
        const found = await client.query<{ blob_id: string }>(
          `select blob_id from ${sqlName(table)} where blob_id is not null order by blob_id ${order} limit ${lookedFor}`,
        )
        for (const row of found.rows) names.add(row.blob_id)
      }
    }
  } finally {
    await endConnection(client)
  }
  let there = 0
  for (const name of names) if (await store.has(name)) there += 1
  return { named: names.size, there }
}

/** Refuses a data directory that holds none of the files that the database names. */
export async function refuseWithoutOriginals(
  ownerUrl: string,
  config: { readonly dataFolder: string; readonly withoutOriginals: boolean },
  blobFolder: string,
  say: (line: string) => void,
): Promise<void> {
  const { named, there } = await findOriginals(ownerUrl, blobFolder)
  if (there === named) return
  const words = `The originals are not here: of ${named} stored files that the database names and that were looked for, ${there} lie in ${config.dataFolder}.`
  if (there > 0 || config.withoutOriginals) {
    say(`Warning: ${words}`)
    return
  }
  throw new Fault(
    'originals-not-here',
    `${words} Mount the disk that holds them, or put the right directory in UNWATCHED_DATA. ` +
      'If they are lost and the clinic is to go on without them, set UNWATCHED_WITHOUT_ORIGINALS=yes.',
  )
}
