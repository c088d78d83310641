import type pg from 'pg'
import { failurePart, madeContent, madePart } from '../bundle/sealed-bundle.ts'
import type { Account } from '../evidence/importers/importer.ts'
import {
  arrivalContent,
  arrivalPart,
  custodyHeadContent,
  custodyHeadPart,
  custodyLinePart,
  itemContent,
  itemPart,
  openReading,
  readingPart,
  type SealedPart,
  workingCopyContent,
  workingCopyPart,
} from '../evidence/sealed-item.ts'
import type { ArrivalId, BundleId, CaseId, ClinicId, ItemId } from '../foundation/ids.ts'
import type { CaseSeal } from '../platform/case-seal.ts'
import type { ClinicKey } from '../platform/keys.ts'
import { openName } from '../platform/seal-name.ts'
import { sealValue } from '../platform/seal-value.ts'

type Place = { readonly clinic_id: ClinicId; readonly case_id: CaseId }
type Row = Place & Readonly<Record<string, unknown>>
type Changes = Readonly<Record<string, unknown>>

/** Whether evidence was taken in by a version that kept digests, sizes and counts in the open. */
export async function holdsClearEvidence(client: pg.Client): Promise<boolean> {
  const found = await client.query<{ there: boolean }>(
    "select to_regprocedure('unwatched.forget_clear_evidence()') is not null as there",
  )
  return found.rows[0]?.there ?? false
}

/**
 * Seals what earlier versions kept of evidence in the open, in the transaction of the owner that is open, and lets the
 * columns go. Files that were stored then stay as they are, and say that nothing stands behind them; lines of custody
 * stay letter for letter. Every case in the database must be of this key.
 */
export async function sealEvidence(
  client: pg.Client,
  key: ClinicKey,
  sealOf: (place: Place) => Promise<CaseSeal>,
): Promise<void> {
  const tables = [
    'item',
    'arrival',
    'custody_line',
    'custody_head',
    'reading',
    'working_copy',
    'bundle',
  ] as const
  for (const table of tables) {
    await client.query(`lock table unwatched.${table}`)
    await client.query(`alter table unwatched.${table} disable trigger user`)
    const { rows } = await client.query<Row & { ctid: string }>(`select ctid, * from unwatched.${table}`)
    for (const { ctid, ...row } of rows) {
      const changes = Object.entries(changesOf[table](row, await sealOf(row), openerOf(key, row)))
      if (changes.length === 0) continue
      const sets = changes.map(([column], at) => `${column} = $${at + 2}`)
      await client.query(`update unwatched.${table} set ${sets.join(', ')} where ctid = $1`, [
        ctid,
        ...changes.map(([, value]) => value),
      ])
    }
    await client.query(`alter table unwatched.${table} enable trigger user`)
  }
  await client.query('select unwatched.forget_clear_evidence()')
  await client.query('drop function unwatched.forget_clear_evidence()')
}

/** Opens a text that the version before sealed under the clinic's key, or an earlier one left in the open. */
type Opener = {
  readonly text: (field: string, kept: unknown) => string
  readonly json: (field: string, kept: unknown) => unknown
}

function openerOf(key: ClinicKey, { clinic_id: clinicId, case_id: caseId }: Place): Opener {
  const text = (field: string, kept: unknown): string =>
    openName(key, { clinicId, caseId, field }, String(kept ?? ''))
  return { text, json: (field, kept) => (typeof kept === 'string' ? JSON.parse(text(field, kept)) : kept) }
}

const sealAs = (seal: CaseSeal, { field, least }: SealedPart, value: unknown): Buffer =>
  sealValue(seal, field, value, least)

const changesOf: Readonly<
  Record<
    'item' | 'arrival' | 'custody_line' | 'custody_head' | 'reading' | 'working_copy' | 'bundle',
    (row: Row, seal: CaseSeal, open: Opener) => Changes
  >
> = {
  item: (row, seal) => {
    const content = itemContent.parse({
      sha256: row['sha256'],
      size: Number(row['size']),
      mediaType: row['media_type'],
      kind: row['kind'],
      exhibitRef: row['exhibit_ref'],
      isPadded: false,
    })
    return {
      file_fingerprint: seal.fingerprintOf('file', content.sha256),
      reference_fingerprint: seal.fingerprintOf('reference', content.exhibitRef),
      sealed: sealAs(seal, itemPart(row['item_id'] as ItemId), content),
    }
  },
  arrival: (row, seal, open) => {
    const content = arrivalContent.parse({
      broughtBy: open.text('brought-by', row['brought_by']),
      howObtained: open.text('how-obtained', row['how_obtained']),
      originalName: open.text('file-name', row['original_name']),
      receipt: row['receipt'],
    })
    const { size } = JSON.parse(content.receipt) as { readonly size: number }
    return { log_size: size, sealed: sealAs(seal, arrivalPart(row['arrival_id'] as ArrivalId), content) }
  },
  custody_line: (row, seal, open) => {
    const part = custodyLinePart(Number(row['sequence']))
    return { sealed: sealAs(seal, part, { line: open.text('custody-line', row['line']) }) }
  },
  custody_head: (row, seal) => {
    const size = Number(row['size'])
    if (size === 0) return {}
    const head = custodyHeadContent.parse({ size, state: row['state'], checkpoint: row['checkpoint'] })
    return { sealed: sealAs(seal, custodyHeadPart, head) }
  },
  reading: (row, seal, open) => {
    const account = open.json('account', row['account']) as Account | Record<string, never>
    const content = openReading({
      format: row['format'],
      dialect: row['dialect'],
      account: 'byKind' in account ? account : null,
      questions: open.json('questions', row['questions']),
      answers: open.json('answers', row['answers']),
    })
    return { sealed: sealAs(seal, readingPart(row['item_id'] as ItemId), content) }
  },
  working_copy: (row, seal) => {
    const content = workingCopyContent.parse({
      sha256: row['sha256'],
      size: Number(row['size']),
      mediaType: row['media_type'],
      isPadded: false,
    })
    return { sealed: sealAs(seal, workingCopyPart(row['item_id'] as ItemId), content) }
  },
  bundle: (row, seal) => {
    const bundleId = row['bundle_id'] as BundleId
    const why = row['failure']
    const failed = why === '' ? {} : { why_failed: sealAs(seal, failurePart(bundleId), why) }
    if (row['blob_id'] === null) return failed
    const content = madeContent.parse({
      fileName: row['file_name'],
      size: Number(row['size']),
      sha256: row['sha256'],
      isPadded: false,
    })
    return { ...failed, made: sealAs(seal, madePart(bundleId), content) }
  },
}
