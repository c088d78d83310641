import { readdir, readFile } from 'node:fs/promises'
import { caseParts } from '../../src/foundation/case-part.ts'
import { connectOnce, endConnection } from '../../src/platform/as-owner.ts'
import { databaseFiles, readDatabaseFiles } from '../../src/platform/database-files.ts'
import { type Policy, readTables, type TableRules } from './read-tables.ts'
import { sayCondition } from './say-condition.ts'

/** The page that says who may see and change what: drawn from the files, the parts of each role from the database. */
export async function drawWhoSeesWhat(ownerUrl: string): Promise<string> {
  const { tables } = await readDatabaseFiles()
  const functions = await readFunctions()
  const rooms = await Promise.all(
    tables.map(async ({ name }) => ({
      name,
      ...readTables(await readFile(new URL(name, databaseFiles), 'utf8')),
    })),
  )
  const drawn = [
    head,
    await drawParts(ownerUrl),
    ...rooms.map(room =>
      [
        `## ${room.name.slice('tables/'.length + 3, -'.sql'.length)}`,
        `${room.comment} ([${room.name}](../database/${room.name}))`,
        ...room.tables.map(table => drawTable(table, functions)),
      ].join('\n\n'),
    ),
    drawFunctions(functions),
  ]
  return `${drawn.join('\n\n')}\n`
}

const head = `# Who sees what

Written by \`npm run schema\` from \`database/tables\` and \`database/functions\`; a test holds it to them. To change it,
change the policy.

How to read it. Every row is of the clinic that acts: no transaction sees or writes a row of another. Below each table
stands who may **read** its rows, **add** one, **change** one (and which columns) or **remove** one, and what must hold:
all that stands below it. Where a word stands twice, either is enough; what is said to hold *always* must hold besides.
What is not listed nobody does, because the program has no right to it. And much lies sealed: anyone who sees a row without
the key of its case reads none of its words.`

async function drawParts(ownerUrl: string): Promise<string> {
  const client = await connectOnce(ownerUrl)
  try {
    const roles = await client.query<{ role: string }>(
      `select distinct match[1] as role from pg_constraint, regexp_matches(pg_get_constraintdef(oid), '''([a-z-]+)''', 'g') match
       where conname = 'person_role_check' and connamespace = 'unwatched'::regnamespace order by 1`,
    )
    const columns = [...roles.rows.map(row => row.role), 'client']
    const found = await client.query<{ role: string; part: string; may: string }>(
      `select role, part, case when unwatched.role_covers(role, part, 'write') then 'changes'
                               when unwatched.role_covers(role, part, 'read') then 'sees' else '–' end as may
       from unnest($1::text[]) role, unnest($2::text[]) part`,
      [columns, caseParts],
    )
    const may = (part: string, role: string): string =>
      found.rows.find(row => row.role === role && row.part === part)?.may ?? '–'
    return [
      '## Which part of a case a role covers',
      '',
      'From `role_covers`. Somebody sees a part of a case while their role covers it, their agency is party to the case by a',
      'consent in force that names the part, and they are not barred (`sees_case`). A client sees their own file alone.',
      'Anyone who changes a part sees it too.',
      '',
      `| Part | ${columns.join(' | ')} |`,
      `|---|${columns.map(() => '---|').join('')}`,
      ...caseParts.map(part => `| ${part} | ${columns.map(role => may(part, role)).join(' | ')} |`),
    ].join('\n')
  } finally {
    await endConnection(client)
  }
}

type DatabaseFunction = {
  readonly name: string
  readonly comment: string
  readonly body: string
  /** Runs as the owner of the tables, past their policies, and is the program's to call. */
  readonly passesPolicies: boolean
}

async function readFunctions(): Promise<readonly DatabaseFunction[]> {
  const folder = new URL('functions/', databaseFiles)
  const names = (await readdir(folder)).sort()
  return Promise.all(
    names.map(async name => {
      const sql = await readFile(new URL(name, folder), 'utf8')
      return {
        name: name.slice(0, -'.sql'.length),
        comment: /^(?:-- .*\n)+/.exec(sql)?.[0].replaceAll(/^-- /gm, '').trim() ?? '',
        body: sql,
        passesPolicies: /security definer/.test(sql) && /^grant execute/m.test(sql),
      }
    }),
  )
}

function drawTable(table: TableRules, functions: readonly DatabaseFunction[]): string {
  const lines = [`### ${table.name}`, '', ...(table.comment === '' ? [] : [table.comment, ''])]
  for (const policy of table.policies) lines.push(...drawPolicy(policy, table))
  for (const [right, said] of rights) if (!table.rights.has(right)) lines.push(`- Nobody ${said}.`)
  const past = functions.filter(each => each.passesPolicies && touches(each.body, table.name))
  if (past.length > 0)
    lines.push(
      `- Besides, by functions that answer for themselves: ${past.map(each => linked(each.name)).join(', ')}.`,
    )
  return lines.join('\n')
}

const rights: readonly (readonly [string, string])[] = [
  ['select', 'reads its rows directly'],
  ['insert', 'adds a row directly'],
  ['update', 'changes a row'],
  ['delete', 'removes a row'],
]

/** Whether the body of a function reads or writes a table. */
function touches(body: string, table: string): boolean {
  return new RegExp(`\\b(?:from|join|into|update)\\s+(?:unwatched\\.)?${table}\\b`).test(body)
}

const linked = (name: string): string => `[${name}](#${name})`

const verbs: Readonly<Record<string, readonly string[]>> = {
  select: ['select'],
  insert: ['insert'],
  update: ['update'],
  delete: ['delete'],
  all: ['select', 'insert', 'update', 'delete'],
}
const saidVerbs: Readonly<Record<string, string>> = {
  select: 'read',
  insert: 'add',
  update: 'change',
  delete: 'remove',
}

function drawPolicy(policy: Policy, table: TableRules): readonly string[] {
  const done = (verbs[policy.verb] ?? []).filter(verb => table.rights.has(verb))
  if (done.length === 0) return []
  const said = done.map(verb => {
    const columns = verb === 'update' ? ` (${table.rights.get(verb)})` : ''
    return `**${saidVerbs[verb]}**${columns}`
  })
  const before = policy.using === null ? [] : sayCondition(policy.using)
  const after = policy.check === null || policy.check === policy.using ? [] : sayCondition(policy.check)
  // With one condition alone, a row that is changed is held to it before and after.
  const isChanged = policy.verb === 'update' && after.length > 0
  return [
    `- ${said.join(', ')}${policy.isRestrictive ? ', *always*' : ''}${policy.comment === '' ? '' : `: ${policy.comment}`}`,
    ...indented(isChanged && before.length > 0 ? ['of rows:', ...before.map(line => `  ${line}`)] : before),
    ...indented(isChanged ? ['so that then:', ...after.map(line => `  ${line}`)] : after),
    ...(before.length + after.length === 0 ? ['  - anybody of the clinic'] : []),
  ]
}

const indented = (lines: readonly string[]): readonly string[] =>
  lines.map(line => {
    const depth = /^ */.exec(line)?.[0].length ?? 0
    return `${' '.repeat(2 + depth)}- ${line.trim()}`
  })

function drawFunctions(functions: readonly DatabaseFunction[]): string {
  return [
    '## What the functions say',
    '',
    'Each is a file of its name in `database/functions`.',
    ...functions.flatMap(each => [
      '',
      `### ${each.name}`,
      '',
      `${each.comment} ([file](../database/functions/${each.name}.sql))`,
    ]),
  ].join('\n')
}
