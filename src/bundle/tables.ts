import type { BundleInput } from './bundle-input.ts'
import { csvStart, writeCsv, writeCsvRow } from './csv.ts'
import { placeExhibits } from './manifest.ts'
import type { ChronologyRow } from './report-data.ts'

/** How data/chronology.csv begins. */
export const chronologyStart = `${csvStart}${writeCsvRow([
  'Number',
  'When',
  'How certain',
  'Zone',
  'What',
  'Who',
  'Written by the app',
  'Platform',
  'Section 2A(3)',
  'Exhibit and place',
])}`

/** One row of data/chronology.csv: the same as the printed row, and whole where the printed one is cut. */
export function writeChronologyRow(row: ChronologyRow): string {
  return writeCsvRow([
    row.number,
    row.when,
    row.certainty,
    row.zone,
    row.what,
    row.who,
    row.writtenByApp,
    row.platform,
    row.acts.join(' '),
    row.sources.map(({ exhibit, place }) => `${exhibit}, ${place}`).join('; '),
  ])
}

/** data/exhibit-list.csv: each exhibit with where it lies, its name as it came, and its SHA-256. */
export function writeExhibitListCsv(exhibits: BundleInput['exhibits']): string {
  return writeCsv([
    [
      'Exhibit',
      'Producer',
      'Kind',
      'Name as it came',
      'File in this bundle',
      'Bytes',
      'Arrived (UTC)',
      'SHA-256',
      'Made from the original with SHA-256',
    ],
    ...placeExhibits(exhibits).map(each => [
      each.reference,
      each.producer,
      each.kind,
      each.originalName,
      each.path,
      each.bytes,
      each.arrivedAt,
      each.digest,
      each.derivedFrom ?? '',
    ]),
  ])
}

/** data/not-included.csv: the schedule of what is not in the bundle. */
export function writeNotIncludedCsv(rows: BundleInput['notIncluded']): string {
  return writeCsv([
    ['What is not included', 'How many', 'Why'],
    ...rows.map(each => [each.what, each.count ?? 'not counted', each.because]),
  ])
}
