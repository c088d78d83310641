import { createHash } from 'node:crypto'
import type { BundleEntry } from '../../chronology/bundle-entry.ts'
import { parseSha256 } from '../../foundation/digest.ts'
import { Fault } from '../../platform/fault.ts'
import { openSpool, type Spool } from '../../platform/spool.ts'
import { inPieces, type SpooledLines, spoolLines } from '../../platform/spool-lines.ts'
import type { Chooser } from '../apply-choices.ts'
import type { BundleChronologyFiles } from '../bundle-input.ts'
import { writeRow } from '../gather-input.ts'
import type { PreparedFile } from '../prepared-file.ts'
import { typesetReport } from '../report.ts'
import type { ChronologyRow, ReportData } from '../report-data.ts'
import { type PartPlan, partPath, planParts } from '../report-parts.ts'
import { chronologyStart, writeChronologyRow } from '../tables.ts'

/** The rows of a chronology laid aside, counted, with the parts in which they are printed. */
export type LaidRows = {
  readonly rows: SpooledLines<LaidRow>
  readonly incidents: number
  /** Messages and other records. Rows for bytes that were not read do not count. */
  readonly records: number
  readonly plan: PartPlan
}

type LaidRow = { readonly row: ChronologyRow; readonly isIncident: boolean }

/** Stores what goes out of a chronology, entry by entry. The caller closes the rows. */
export async function layAsideRows(
  spoolFolder: string,
  entries: AsyncIterable<BundleEntry>,
  chooser: Chooser,
): Promise<LaidRows> {
  const parts = planParts()
  let incidents = 0
  let records = 0
  let number = 0
  async function* kept(): AsyncGenerator<LaidRow> {
    for await (const given of entries) {
      const entry = chooser.apply(given)
      if (!entry) continue
      number += 1
      const isIncident = entry.kind === 'incident'
      if (isIncident) incidents += 1
      if (entry.kind === 'record') records += 1
      const row = writeRow(entry, number)
      parts.add(row, isIncident)
      yield { row, isIncident }
    }
  }
  const rows = await spoolLines(spoolFolder, kept())
  return { rows, incidents, records, plan: parts.plan() }
}

/** The files of a chronology, and what has to be closed once the bundle is written. */
export type WrittenChronology = BundleChronologyFiles & { readonly close: () => Promise<void> }

/**
 * Writes the table and the printed parts. Only one part is held at a time: each goes to a typesetter of its own and
 * is stored.
 *
 * @param frame what a part shows besides its rows
 */
export async function writeChronology(
  spoolFolder: string,
  { rows, plan }: LaidRows,
  frame: Omit<ReportData, 'part' | 'rows'>,
): Promise<WrittenChronology> {
  const open: Spool[] = []
  const close = async () => {
    await Promise.all(open.map(spool => spool.close()))
  }
  try {
    const files: PreparedFile[] = []
    for await (const printed of splitRows(rows.read(), plan)) {
      const part = { number: files.length + 1, of: plan.ends.length, rows: rows.count, printed: plan.printed }
      const pdf = await typesetReport({ ...frame, part, rows: printed })
      const spool = await openSpool(spoolFolder, once(pdf))
      open.push(spool)
      const read = () => spool.openRange(0, spool.size)
      files.push(await prepareStream(partPath(part.number, part.of), read))
    }
    files.push(await prepareStream('data/chronology.csv', () => inPieces(tableOf(rows.read()))))
    return { rows: rows.count, printed: plan.printed, files, close }
  } catch (cause) {
    await close()
    throw cause
  }
}

async function* splitRows(rows: AsyncIterable<LaidRow>, plan: PartPlan): AsyncGenerator<ChronologyRow[]> {
  let part = 0
  let held: ChronologyRow[] = []
  for await (const { row, isIncident } of rows) {
    if (plan.printed === 'incidents' && !isIncident) continue
    held.push(row)
    if (row.number !== plan.ends[part]) continue
    yield held
    held = []
    part += 1
  }
  if (plan.ends.length > part) yield held
}

async function* tableOf(rows: AsyncIterable<LaidRow>): AsyncGenerator<string> {
  yield chronologyStart
  for await (const { row } of rows) yield writeChronologyRow(row)
}

async function prepareStream(path: string, open: () => AsyncIterable<Uint8Array>): Promise<PreparedFile> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const part of open()) {
    hash.update(part)
    bytes += part.length
  }
  const sha256 = parseSha256(hash.digest('hex'))
  if (!sha256) throw new Fault('bundle-digest', 'A digest of a bundle’s file is none.')
  return { path, bytes, sha256, open }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
