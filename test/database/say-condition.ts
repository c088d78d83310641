/** What a condition says: a sentence, or several under one of which some or all must hold. */
type Said = string | { readonly head: string; readonly below: readonly Said[] }

/**
 * The condition of a policy as lines, one below another where all must hold; indented by two under a line that says how
 * many of them must.
 */
export function sayCondition(sql: string): readonly string[] {
  return linesOf(sayAll(tidy(sql)), '')
}

function linesOf(said: readonly Said[], indent: string): readonly string[] {
  return said.flatMap(each =>
    typeof each === 'string'
      ? [indent + each]
      : [`${indent}${each.head}`, ...linesOf(each.below, `${indent}  `)],
  )
}

const goesWithoutSaying = new Set(['clinic_id = clinic_now()', 'true'])

/** All of what `and` joins. */
function sayAll(text: string): readonly Said[] {
  const parts =
    partsOf(withoutBrackets(text), 'or').length > 1 ? [text] : partsOf(withoutBrackets(text), 'and')
  return parts.filter(part => !goesWithoutSaying.has(part)).flatMap(sayOne)
}

function sayOne(part: string): readonly Said[] {
  const inner = withoutBrackets(part)
  const alternatives = partsOf(inner, 'or')
  if (alternatives.length > 1) return [{ head: 'one of these:', below: alternatives.map(sayAlternative) }]
  if (partsOf(inner, 'and').length > 1) return sayAll(inner)
  return [sayCase(inner) ?? sayLeaf(inner)]
}

/** One of several alternatives: in one sentence where it has none in itself. */
function sayAlternative(alternative: string): Said {
  const all = sayAll(alternative)
  const only = all[0]
  if (all.length === 1 && only !== undefined) return only
  const plain = all.filter(each => typeof each === 'string')
  return plain.length === all.length ? plain.join(', and ') : { head: 'all of these:', below: all }
}

/** What differs by what a value is. */
function sayCase(text: string): Said | null {
  const found = /^case\b(.*)\bend$/.exec(text)
  if (!found?.[1]) return null
  const pieces = piecesOf(found[1])
  const of = pieces[0]?.text.trim() ?? ''
  return {
    head: 'depending on the row:',
    below: pieces.slice(1).flatMap(({ word, text: piece }, at): readonly Said[] => {
      if (word === 'then') return []
      const asked = of === '' ? piece.trim() : `${of} = ${piece.trim()}`
      return word === 'else'
        ? [{ head: 'otherwise:', below: sayAll(piece.trim()) }]
        : [
            {
              head: `where ${linesOf(sayAll(asked), '').join(', and ')}:`,
              below: sayAll(pieces[at + 2]?.text.trim() ?? ''),
            },
          ]
    }),
  }
}

/** The pieces between `when`, `then` and `else`, outside every bracket; the first is what stands before all. */
function piecesOf(text: string): readonly { readonly word: string; readonly text: string }[] {
  const bare = bareOf(text)
  const pieces: { word: string; text: string }[] = []
  let depth = 0
  let word = ''
  let from = 0
  for (let at = 0; at < text.length; at += 1) {
    if (bare[at] === '(') depth += 1
    if (bare[at] === ')') depth -= 1
    const next = depth === 0 ? /^ (when|then|else) /.exec(bare.slice(at)) : null
    if (!next?.[1]) continue
    pieces.push({ word, text: text.slice(from, at) })
    word = next[1]
    from = at + next[0].length - 1
    at = from - 1
  }
  return [...pieces, { word, text: text.slice(from) }]
}

/** The text with what stands in quotes blotted out: it says nothing about the sentence. */
function bareOf(text: string): string {
  return text.replaceAll(/'[^']*'/g, quoted => '·'.repeat(quoted.length))
}

function tidy(sql: string): string {
  return sql.replaceAll(/\s+/g, ' ').replaceAll('unwatched.', '').trim()
}

function withoutBrackets(text: string): string {
  const trimmed = text.trim()
  return trimmed.startsWith('(') && endOfBracket(trimmed, 0) === trimmed.length - 1
    ? withoutBrackets(trimmed.slice(1, -1))
    : trimmed
}

function endOfBracket(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1
    if (text[at] === ')') depth -= 1
    if (depth === 0) return at
  }
  return text.length
}

/** The parts that a word joins, outside every bracket and every `case … end`. */
function partsOf(text: string, word: 'and' | 'or'): readonly string[] {
  const parts: string[] = []
  const bare = bareOf(text)
  let depth = 0
  let cases = 0
  let from = 0
  for (let at = 0; at < text.length; at += 1) {
    if (bare[at] === '(') depth += 1
    if (bare[at] === ')') depth -= 1
    if (/^case\b/.test(bare.slice(at)) && !/\w/.test(bare[at - 1] ?? '')) cases += 1
    if (/^end\b/.test(bare.slice(at)) && !/\w/.test(bare[at - 1] ?? '')) cases -= 1
    if (depth === 0 && cases === 0 && bare.startsWith(` ${word} `, at)) {
      parts.push(text.slice(from, at).trim())
      from = at + word.length + 2
    }
  }
  return [...parts, text.slice(from).trim()].map(part => part.trim())
}

const words = (list: string): string =>
  [...list.matchAll(/'([^']*)'/g)].map(match => `*${match[1]}*`).join(' or ')

/** What the program asks of the person acting, in words; the rest stands as it is written. */
const sayings: readonly (readonly [RegExp, (...found: readonly string[]) => string])[] = [
  [
    /^case_id in \(select opened_cases\('(\w+)', 'read'\)\)$/,
    part => `this transaction has [opened](#opened_cases) the part *${part}* of the case`,
  ],
  [
    /^case_id in \(select opened_cases\('(\w+)', 'write'\)\)$/,
    part => `this transaction has [opened](#opened_cases) the part *${part}* of the case to change it`,
  ],
  [
    /^case_id in \(select opened_for_appointments\('read'\)\)$/,
    () =>
      'this transaction has [opened](#opened_for_appointments) the part *appointment* of the case, for staff',
  ],
  [
    /^case_id in \(select opened_for_appointments\('write'\)\)$/,
    () =>
      'this transaction has [opened](#opened_for_appointments) the part *appointment* of the case to change it, for staff',
  ],
  [
    /^sees_case\(case_id, '(\w+)', 'read'\)$/,
    part => `the person acting [may see](#sees_case) the part *${part}* of the case`,
  ],
  [/^has_opened\(case_id\)$/, () => 'this transaction has [opened](#has_opened) the case, for whatever part'],
  [
    /^(?:is_referral_in_sight|sees_referral)\(.*\)$/,
    () => 'the person acting sees it [as a referral](#sees_referral)',
  ],
  [
    /^is_matched_referral_in_sight\(case_id\)$/,
    () => 'the person acting sees it [as a referral with its names matched](#is_matched_referral_in_sight)',
  ],
  [/^not is_barred\(case_id\)$/, () => 'the person acting is not [barred](#is_barred) from the case'],
  [
    /^not is_fresh_now\(\)$/,
    () => 'the person acting does [not wait](#is_fresh) since they were set up again',
  ],
  [/^is_job\(\)$/, () => 'the program is at a [job](#is_job)'],
  [/^books_appointments\(\)$/, () => 'the person acting [books appointments](#books_appointments)'],
  [/^task_now\(\) = ('.*')$/, task => `the program is at the task ${words(task ?? '')}`],
  [/^task_now\(\) in \((.*)\)$/, tasks => `the program is at the task ${words(tasks ?? '')}`],
  [/^role_now\(\) = ('.*')$/, role => `the person acting is ${words(role ?? '')}`],
  [/^role_now\(\) in \((.*)\)$/, roles => `the person acting is ${words(roles ?? '')}`],
  [/^role_now\(\) <> ('.*')$/, role => `the person acting is not ${words(role ?? '')}`],
  [/^\(select role_now\(\)\) is not null$/, () => 'the person acting works here'],
  [/^person_now\(\) is not null$/, () => 'the person acting is staff'],
  [/^case_id = client_case_now\(\)$/, () => 'it is the [client’s own](#client_case_now) file, and they act'],
  [/^(\w+) = person_now\(\)$/, column => `\`${column}\` is the person acting`],
  [/^(\w+) <> person_now\(\)$/, column => `\`${column}\` is somebody else than the person acting`],
  [
    /^(\w+) is not distinct from person_now\(\)$/,
    column => `\`${column}\` is the member of staff who acts, or nobody where none does`,
  ],
  [
    /^(\w+) is not distinct from (agency|task)_now\(\)$/,
    (column, of) => `\`${column}\` is the ${of} of the person acting`,
  ],
  [/^(\w+) = time_now\(\)$/, column => `\`${column}\` is this instant`],
  [/^(\w+) = agency_now\(\)$/, column => `\`${column}\` is the agency of the person acting`],
  [/^(\w+) is null$/, column => `\`${column}\` is empty`],
  [/^(\w+) is not null$/, column => `\`${column}\` is not empty`],
  [/^(\w+) = ('[^']*')$/, (column, value) => `\`${column}\` is ${words(value ?? '')}`],
  [/^(\w+) in \(('[^()]*')\)$/, (column, values) => `\`${column}\` is ${words(values ?? '')}`],
  [/^(\w+) is distinct from person_now\(\)$/, column => `\`${column}\` is not the person acting`],
  [/^(\w+) <= time_now\(\)$/, column => `\`${column}\` has come`],
  [/^(\w+) = pg_current_xact_id\(\)$/, column => `\`${column}\` is this transaction`],
  [/^(\w+) <> ''$/, column => `\`${column}\` is not empty`],
  [/^(\w+) <> ('[^']+')$/, (column, value) => `\`${column}\` is not ${words(value ?? '')}`],
  [/^(\w+) not in \(('[^()]*')\)$/, (column, values) => `\`${column}\` is not ${words(values ?? '')}`],
  [/^(\w+) = (\d+)$/, (column, value) => `\`${column}\` is ${value}`],
  [/^not (\w+)\((.*)\)$/, (name, of) => `[${name}](#${name}) does not hold of ${ofWhat(of ?? '')}`],
  [/^(\w+)\((.*)\)$/, (name, of) => `[${name}](#${name}) holds of ${ofWhat(of ?? '')}`],
  [/^(\w+)$/, column => `\`${column}\``],
  [/^not (\w+)$/, column => `not \`${column}\``],
]

const ofWhat = (columns: string): string => `\`${columns}\``

function sayLeaf(part: string): string {
  for (const [pattern, say] of sayings) {
    const found = pattern.exec(part)
    if (found) return say(...found.slice(1).map(each => each ?? ''))
  }
  return `\`${part}\``
}
