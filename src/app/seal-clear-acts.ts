import type pg from 'pg'
import { sealEarlierDetail } from '../audit/operations/seal-earlier.ts'
import type { ClinicId } from '../foundation/ids.ts'
import type { ClinicKey } from '../platform/keys.ts'

const clear = "case_id is not null and detail <> '{}' and verb not in ('case-opened', 'case-refused')"

/** Whether an earlier version left in the open what acts in cases say. */
export async function holdsClearActs(client: pg.Client, mine: string): Promise<boolean> {
  const found = await client.query(`select from unwatched.act where ${clear} and ${mine} limit 1`)
  return found.rows.length > 0
}

/**
 * Seals what acts in cases say beyond who did what and when, in the transaction of the owner that is open. No act is
 * added, removed, or made to say something else.
 */
export async function sealActs(client: pg.Client, key: ClinicKey, mine: string): Promise<void> {
  type Row = {
    clinic_id: ClinicId
    act_id: string
    case_id: string
    verb: string
    subject: string | null
    detail: Readonly<Record<string, unknown>>
  }
  await client.query('lock table unwatched.act')
  await client.query('alter table unwatched.act disable trigger act_is_append_only')
  await client.query(
    `declare clear_acts no scroll cursor for
     select clinic_id, act_id, case_id, verb, subject, detail from unwatched.act where ${clear} and ${mine}`,
  )
  for (;;) {
    const { rows } = await client.query<Row>('fetch 2000 from clear_acts')
    if (rows.length === 0) break
    await client.query(
      `update unwatched.act a set detail = '{}', sealed = s.sealed
       from unnest($1::uuid[], $2::bigint[], $3::bytea[]) as s (clinic_id, act_id, sealed)
       where a.clinic_id = s.clinic_id and a.act_id = s.act_id`,
      [
        rows.map(row => row.clinic_id),
        rows.map(row => row.act_id),
        rows.map(row =>
          sealEarlierDetail(
            { clinicKey: () => key, actor: { clinicId: row.clinic_id } },
            { caseId: row.case_id, verb: row.verb, subject: row.subject },
            row.detail,
          ),
        ),
      ],
    )
  }
  await client.query('close clear_acts')
  await client.query('alter table unwatched.act enable trigger act_is_append_only')
  // In the order in which they were done, as they lay before.
  await client.query("alter table unwatched.act alter column subject type text using subject || ''")
}
