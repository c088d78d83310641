import { PageReader } from '../../src/evidence/records/page-reader.ts'
import { blockField, rootPart, storedRootContent } from '../../src/evidence/records/stored-root.ts'
import type { CaseId, ClinicId } from '../../src/foundation/ids.ts'
import { makeCaseSeal } from '../../src/platform/case-seal.ts'
import { readClinicKey, unwrapCaseKey } from '../../src/platform/keys.ts'
import { openValue } from '../../src/platform/seal-value.ts'
import { asOwner } from './test-clinic.ts'

/**
 * How many records all cases of a clinic show, read past the program with the clinic's key. Fails where a block that is named
 * is not there or does not open, and where a record is there twice.
 */
export async function countRecords(ownerUrl: string, keyFile: string, dataFolder: string): Promise<number> {
  const key = await readClinicKey(keyFile, dataFolder)
  return asOwner(ownerUrl, async client => {
    // As it is at one moment: somebody may be writing.
    await client.query('begin isolation level repeatable read read only')
    const roots = await client.query<{
      clinic_id: ClinicId
      case_id: CaseId
      sealed: Buffer
      wrapped: Buffer
    }>(
      'select r.clinic_id, r.case_id, r.sealed, k.wrapped from unwatched.record_root r join unwatched.file_key k using (clinic_id, case_id)',
    )
    let records = 0
    for (const { clinic_id: clinicId, case_id: caseId, sealed, wrapped } of roots.rows) {
      const seal = makeCaseSeal(clinicId, caseId, unwrapCaseKey(key, clinicId, caseId, wrapped))
      const root = storedRootContent.parse(openValue(seal, rootPart.field, sealed))
      const fetchOne = async (generation: string, number: number): Promise<Buffer> => {
        const found = await client.query<{ body: Buffer }>(
          'select body from unwatched.record_block where case_id = $1 and generation = $2 and number = $3',
          [caseId, generation, number],
        )
        const [row] = found.rows
        if (!row) throw new Error(`block ${number} of a generation that is named is not there`)
        return seal.openBytes(blockField(generation, number), row.body)
      }
      const reader = new PageReader(async wanted => {
        const blocks: Buffer[] = []
        for (const { generation, number } of wanted) blocks.push(await fetchOne(generation, number))
        return blocks
      })
      const firsts: { readonly id: string; readonly block: Buffer }[] = []
      for (const { id } of root.generations) firsts.push({ id, block: await fetchOne(id, 0) })
      const names = new Set<string>()
      for (const generation of await reader.open(firsts)) {
        const pages = await reader.segmentPlaces(
          generation.root.segments.map(place => ({ generation, place })),
        )
        for (const segment of await reader.segments(pages.flat().map(place => ({ generation, place }))))
          for (let at = 0; at < segment.count; at += 1) {
            const name = `${segment.itemIds[at]} ${segment.ordinals[at]}`
            if (names.has(name)) throw new Error('a record is there twice')
            names.add(name)
          }
      }
      records += names.size
    }
    return records
  })
}
