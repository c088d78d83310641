import { expect, test } from 'vitest'
import { asList, listProject, readText } from './documents.ts'

/** A decision stands where its number says, says whether it is in force, and leads to the one that took its place. */
type Decision = {
  readonly number: number
  readonly file: string
  readonly text: string
  readonly title: string
  readonly status: string
}

const decisions: readonly Decision[] = [...listProject()]
  .filter(path => /^decisions\/(?!README)[^/]+\.md$/.test(path))
  .sort()
  .map(path => {
    const text = readText(path)
    return {
      number: Number(path.slice('decisions/'.length, 'decisions/'.length + 4)),
      file: path.slice('decisions/'.length),
      text,
      title: /^# \d+\. (.+)$/m.exec(text)?.[1] ?? '',
      status: /^\*\*Status\.\*\* (.+)$/m.exec(text)?.[1] ?? '',
    }
  })
const byNumber = new Map(decisions.map(decision => [decision.number, decision]))
const successorsOf = ({ status }: Decision) =>
  [...status.matchAll(/\[(\d+)\]\(([^)]+)\)/g)].map(([, number = '', file = '']) => ({
    number: Number(number),
    file,
  }))

const rows = readText('decisions/README.md')
  .split('\n')
  .filter(line => /^\| \d/.test(line))
const rowOf = ({ number, title, file, status }: Decision): string =>
  `| ${number} | [${title}](${file}) | ${status.replace(/\.$/, '')} |`
/** A number without a decision says so in the list, with its reason. */
const holePattern = /^\| (\d+) \| none: .{10,} \| \|$/

test('each decision is a file with its number and its words, and no number is there twice', () => {
  expect(decisions.length).toBeGreaterThan(35)
  expect(
    decisions.filter(({ file }) => !/^\d{4}-[a-z0-9-]+\.md$/.test(file)).map(({ file }) => file),
  ).toEqual([])
  expect(byNumber.size).toBe(decisions.length)
})

test('each decision begins with its own number and a title, and says context, decision and consequences', () => {
  expect(
    asList(
      decisions
        .filter(
          ({ number, title, text }) =>
            !text.startsWith(`# ${number}. `) ||
            title === '' ||
            !['Context', 'Decision', 'Consequences'].every(part =>
              new RegExp(`^(## ${part}|\\*\\*${part}\\.\\*\\*)`, 'm').test(text),
            ),
        )
        .map(({ file }) => file),
    ),
  ).toBe('')
})

test('decisions are numbered from 1 without a hole, and the list has each in order with its title and status', () => {
  const last = Math.max(...byNumber.keys())
  const listed = new Map(rows.map(row => [Number(/^\| (\d+)/.exec(row)?.[1]), row]))
  expect(rows.map(row => Number(/^\| (\d+)/.exec(row)?.[1]))).toEqual(
    Array.from({ length: last }, (_, index) => index + 1),
  )
  const wrong = [...listed].flatMap(([number, row]) => {
    const decision = byNumber.get(number)
    if (!decision) return holePattern.test(row) ? [] : [`${number} has no file, and its row does not say why`]
    return row === rowOf(decision) ? [] : [`The row of ${number} should be ${rowOf(decision)}`]
  })
  expect(asList(wrong)).toBe('')
})

test('each decision is in force, changed or superseded, and by a later one that is there', () => {
  const link = String.raw`\[\d+\]\([0-9a-z-]+\.md\)`
  const known = new RegExp(`^(In force|(Changed|Superseded) by ${link}(, ${link})*( and ${link})?)\\.$`)
  expect(
    asList(
      decisions.flatMap(decision => {
        const { file, status, number } = decision
        if (!known.test(status)) return [`${file}: "${status}" is no status`]
        return successorsOf(decision)
          .filter(next => next.number <= number || byNumber.get(next.number)?.file !== next.file)
          .map(
            next => `${file} is said to be taken over by ${next.number}, which is not there as ${next.file}`,
          )
      }),
    ),
  ).toBe('')
})

test('what changed since is said in the earlier decision, and the one that took its place names it', () => {
  expect(
    asList(
      decisions.flatMap(decision => {
        const { file, number, status, text } = decision
        if (status === 'In force.') return []
        const said = /^(## Since then|\*\*Since then\.\*\*)/m.test(text)
          ? []
          : [`${file} does not say what changed`]
        const silent = status.startsWith('Superseded')
          ? successorsOf(decision).filter(
              next =>
                !new RegExp(`\\b[Dd]ecisions? ${number}\\b`).test(byNumber.get(next.number)?.text ?? ''),
            )
          : []
        return [...said, ...silent.map(next => `${next.file} does not name decision ${number}`)]
      }),
    ),
  ).toBe('')
})
