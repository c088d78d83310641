import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '../../src/platform/migrate.ts'
import { projectFolder } from '../source-files.ts'
import { type MadeDatabase, makeDatabase } from '../support/made-database.ts'
import { asOwner } from '../support/test-clinic.ts'

/** The database as it stands, and one whose names hold words that are gone. */
let ours: MadeDatabase
let earlier: MadeDatabase

beforeAll(async () => {
  ours = await makeDatabase()
  await migrate(ours.ownerUrl)
  earlier = await makeDatabase(ours)
  await asOwner(earlier.ownerUrl, client =>
    client.query(`
      alter table unwatched.sealed_field rename to jewel;
      alter table unwatched.referral rename column received_by to door;
      alter function unwatched.is_channel_open(uuid, text) rename to is_way_open;
      alter policy session_own_read on unwatched.session rename to session_own_look;
      alter index unwatched.phrase_use_open rename to quiet_phrase_use_open;
      alter trigger act_says_set_up_again on unwatched.act rename to act_says_set_up_anew;
      alter table unwatched.phrase_use add constraint phrase_use_of_kind check (kind in ('open', 'quiet', 'duress'));`),
  )
})
afterAll(async () => {
  await ours.drop()
  await earlier.drop()
})

/** The first column of the last table of the page: `turn (at a thing)` is the word turn. */
const goneWords: readonly string[] =
  readFileSync(join(projectFolder, 'docs/words.md'), 'utf8')
    .split('## Words that are not used')[1]
    ?.split('\n')
    .flatMap(line => /^\| ([^|]+) \|/.exec(line)?.[1]?.split(',') ?? [])
    .map(cell => cell.replace(/\(.*\)/, '').trim())
    .filter(word => /^[a-z]/.test(word)) ?? []

/** Names in which such a word is right, because it means something else there. */
const right: readonly (readonly [RegExp, string])[] = [
  [/^custody_(line|by_item)/, 'the custody log consists of lines'],
  [/^diary_lines$/, 'the lines of a diary'],
  [/^books_appointments$/, 'an appointment is booked'],
  [/^(told|told_at|told_to|told_whom|told_on|told_reference|is_told|not_told_because)$/, 'somebody was told'],
  [
    /^(act_is_told_to_companion|credential_is_told|told-by-client|told-by-them|reaction-told)$/,
    'somebody told',
  ],
  [/^record_told_again$/, 'another record tells the same'],
]

// Names that PostgreSQL gives a constraint hold those of its table and columns again.
const allNames = `
  select relname::text as name from pg_class where relnamespace = 'unwatched'::regnamespace and relkind in ('r', 'i')
  union select attname::text from pg_attribute join pg_class c on c.oid = attrelid
    where c.relnamespace = 'unwatched'::regnamespace and c.relkind = 'r' and attnum > 0
  union select proname::text from pg_proc where pronamespace = 'unwatched'::regnamespace
  union select unnest(proargnames)::text from pg_proc where pronamespace = 'unwatched'::regnamespace
  union select policyname::text from pg_policies where schemaname = 'unwatched'
  union select tgname::text from pg_trigger where not tgisinternal
  union select conname::text from pg_constraint where connamespace = 'unwatched'::regnamespace
    and conname !~ '_(not_null|check[0-9]*|fkey|key)$'
  union select (regexp_matches(pg_get_constraintdef(oid), '''([a-z][a-z-]*)''', 'g'))[1] from pg_constraint
    where connamespace = 'unwatched'::regnamespace and contype = 'c'`

async function findGone(database: MadeDatabase): Promise<readonly string[]> {
  const { rows } = await asOwner(database.ownerUrl, client => client.query<{ name: string }>(allNames))
  expect(rows.length).toBeGreaterThan(500)
  const forms = new Set(goneWords.flatMap(word => [word, `${word}s`, `${word}ed`, `${word}ing`]))
  return rows
    .map(row => row.name)
    .filter(name => name.split(/[_-]/).some(word => forms.has(word)))
    .filter(name => !right.some(([pattern]) => pattern.test(name)))
    .sort()
}

test('words that mean several things are gone from the names and the kinds of the database', async () => {
  expect(goneWords).toEqual(expect.arrayContaining(['door', 'jewel', 'way', 'look', 'quiet', 'anew', 'book']))
  expect(await findGone(ours)).toEqual([])
})

test('a word that is gone is seen, be it of a table, a column, a function, a policy, an index, a trigger or a kind', async () => {
  expect(await findGone(earlier)).toEqual([
    'act_says_set_up_anew',
    'door',
    'is_way_open',
    'jewel',
    'quiet',
    'quiet_phrase_use_open',
    'session_own_look',
  ])
})
