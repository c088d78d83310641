/** One policy of a file of tables, with the comment that stands above it. */
export type Policy = {
  readonly name: string
  readonly verb: string
  readonly isRestrictive: boolean
  readonly using: string | null
  readonly check: string | null
  readonly comment: string
}

export type TableRules = {
  readonly name: string
  readonly comment: string
  readonly policies: readonly Policy[]
  /** What the program was granted, by verb; with the columns, where there are any. */
  readonly rights: ReadonlyMap<string, string>
}

/** What a file of tables says of each table, in its order, and of itself. */
export function readTables(sql: string): {
  readonly comment: string
  readonly tables: readonly TableRules[]
} {
  const statements = sql.split(/(?<=^(?!--).*;)\n/m).map(readStatement)
  const made = statements.flatMap(({ text, comment }) => {
    const name = /^create table unwatched\.(\w+)/.exec(text)?.[1]
    return name === undefined ? [] : [{ name, comment }]
  })
  return {
    comment: wordsOf(/^(?:-- .*\n)+/.exec(sql)?.[0] ?? ''),
    tables: made.map(({ name, comment }) => ({
      name,
      comment,
      policies: statements.flatMap(statement => readPolicy(statement, name)),
      rights: new Map(statements.flatMap(({ text }) => readRights(text, name))),
    })),
  }
}

type Statement = { readonly text: string; readonly comment: string }

/** A statement without the comments in it, and the comment right above it. */
function readStatement(piece: string): Statement {
  const lines = piece.split('\n')
  const first = lines.findIndex(line => line !== '' && !line.startsWith('--'))
  const above = lines.slice(0, Math.max(first, 0))
  const comment = above.slice(above.lastIndexOf('') + 1).join('\n')
  const text = piece.replaceAll(/^ *--.*\n/gm, '').replaceAll(/;(?: --.*)?$/gm, '')
  return { text: text.trim(), comment: wordsOf(comment) }
}

const wordsOf = (comment: string): string => comment.replaceAll(/^-- ?/gm, '').trim().replaceAll('\n', ' ')

function readPolicy({ text, comment }: Statement, table: string): readonly Policy[] {
  const found = new RegExp(`^create policy (\\w+) on unwatched\\.${table}( as restrictive)? for (\\w+)`).exec(
    text,
  )
  if (!found) return []
  const clause = (word: string): string | null => {
    const from = text.search(new RegExp(`\\n  ${word} \\(`))
    if (from < 0) return null
    const start = text.indexOf('(', from)
    const rest = text.slice(start)
    const end = word === 'using' ? rest.search(/\)\n {2}with check/) : -1
    return rest.slice(1, end < 0 ? rest.lastIndexOf(')') : end)
  }
  return [
    {
      name: found[1] ?? '',
      verb: found[3] ?? 'all',
      isRestrictive: found[2] !== undefined,
      using: clause('using'),
      check: clause('with check'),
      comment,
    },
  ]
}

function readRights(text: string, table: string): readonly (readonly [string, string])[] {
  const found = new RegExp(`^grant ([\\s\\S]+) on unwatched\\.${table} to unwatched_program$`).exec(text)
  const granted = (found?.[1] ?? '').replaceAll(/\s+/g, ' ')
  return (
    [...granted.matchAll(/(select|insert|update|delete)(?: \(([^)]*)\))?/g)]
      // A word of a list of columns is none of these.
      .filter(match => !granted.slice(0, match.index).match(/\([^)]*$/))
      .map(match => [match[1] ?? '', match[2] ?? ''])
  )
}
