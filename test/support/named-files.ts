import { type CaseId, makeId } from '../../src/foundation/ids.ts'
import type { Clinic } from '../../src/platform/clinic.ts'
import { sealEvenNothing } from '../../src/platform/seal-name.ts'
import { asOwner } from './test-clinic.ts'

/** A file that has come so far that its names are compared; `isMatched` is false where nobody has opened it. */
export type NamedFile = {
  readonly caseId: CaseId
  readonly client: string
  readonly suspect: string
  readonly isMatched: boolean
}

export const makeNamedFiles = (
  names: readonly (readonly [string, string])[],
  isMatched: (index: number) => boolean = () => true,
): readonly NamedFile[] =>
  names.map(([client, suspect], index) => ({
    caseId: makeId<CaseId>(new Date(Date.parse('2025-01-01T00:00:00Z') + index)),
    client,
    suspect,
    isMatched: isMatched(index),
  }))

/** Adds files past the program, as many as there may be in a clinic. */
export async function addNamedFiles(
  ownerUrl: string,
  { clinicId, key }: Pick<Clinic, 'clinicId' | 'key'>,
  files: readonly NamedFile[],
): Promise<void> {
  const sealed = (caseId: CaseId, field: string, text: string) =>
    sealEvenNothing(key, { clinicId, caseId, field }, text)
  await asOwner(ownerUrl, client =>
    client.query(
      `insert into unwatched.referral (clinic_id, case_id, reference, form_token, received_by, received_at, referred_by, state,
         is_matched, client_name, suspect_name, answers, decision)
       select $1, c, c::text, c::text, 'public-form', now(), 'client', 'waiting', m, n, s, '{}', '{}'
       from unnest($2::uuid[], $3::bool[], $4::text[], $5::text[]) as t (c, m, n, s)`,
      [
        clinicId,
        files.map(file => file.caseId),
        files.map(file => file.isMatched),
        files.map(file => sealed(file.caseId, 'client-name', file.client)),
        files.map(file => sealed(file.caseId, 'suspect-name', file.suspect)),
      ],
    ),
  )
}
