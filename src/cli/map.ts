import { readFile, stat } from 'node:fs/promises'
import { readLeaks } from '../access-engine/leaks/read-leaks.ts'
import { startHighs } from '../access-engine/plan/highs-solver.ts'
import { type LockOutPlan, planLockOut, planLockOutInOrder } from '../access-engine/plan/lock-out-plan.ts'
import { planForAims } from '../access-engine/plan/plan-aims.ts'
import type { Solver } from '../access-engine/plan/solver.ts'
import { sayPath } from '../access-engine/reach/explain.ts'
import { type AccessMap, type Belief, beliefs, measures } from '../access-engine/reach/map.ts'
import { findReach } from '../access-engine/reach/reach.ts'
import { readMap } from '../access-engine/reach/read-map.ts'
import { judgeChannels } from '../access-engine/reach/safe-channels.ts'
import { readArguments } from './arguments.ts'
import {
  type PlanBeside,
  sayCheck,
  sayLeaks,
  sayOrder,
  sayPlan,
  writeLeaks,
  writeOrder,
  writePlan,
  writeReached,
} from './map-answer.ts'
import type { Terminal } from './terminal.ts'

const help = `Usage: unwatched map check|reach|plan|order|channels|leaks FILE [--level known|suspected|possible] [--json]

Answers questions about an access map in a JSON file. Needs no database. docs/access-map-file.md describes the file.

  check        whether the file can be used, with everything that is wrong with it
  reach        what the suspected person reaches today, how surely, and by which path
  plan         the cheapest steps that close every path to what is protected, and beside them the plans that are
               noticed least or ask least in one measure, each in a safe order
  order        the cheapest such steps that can be taken in a safe order, and the order
  channels     which channels to the client the suspected person can observe
  leaks        which sources explain what the suspected person knew, from a file of sources and incidents

  --level L    count what is known, suspected or possible; without it, possible, the careful one
  --seconds S  how long a plan may be looked for before the best so far is given with its gap; without it, 20
  --json       the answer as JSON
  --help       this text

Ends with 0 when the question was answered, 1 when there is no plan or no order (it says why),
2 when the file cannot be used, 64 when the command was not understood.
`

const questions = ['check', 'reach', 'plan', 'order', 'channels', 'leaks'] as const
type Question = (typeof questions)[number]

/** Above this a file is no map of anybody's household. */
const largestFile = 256 * 1024 * 1024

type Asked = { readonly level: Belief; readonly limit: number; readonly json: boolean }

/** `unwatched map`: what an access map says, with no database. Returns the exit code. */
export async function map(args: readonly string[], terminal: Terminal): Promise<number> {
  const flags = { json: { type: 'boolean' }, level: { type: 'string' }, seconds: { type: 'string' } } as const
  const read = readArguments(args, flags, help, terminal)
  if (typeof read === 'number') return read
  const [name, path, ...more] = read.files
  const question = questions.find(each => each === name)
  const level = beliefs.find(each => each === (read.text('level') ?? 'possible'))
  const seconds = Number(read.text('seconds') ?? '20')
  const wrong =
    question === undefined
      ? `Ask one of ${questions.join(', ')}.`
      : path === undefined || more.length > 0
        ? 'Name one file.'
        : level === undefined
          ? `--level is ${beliefs.join(' or ')}.`
          : !(seconds > 0 && seconds <= 3600)
            ? '--seconds is a number of seconds above 0 and up to 3600.'
            : null
  if (wrong !== null || !question || path === undefined || !level) {
    terminal.err(`${wrong} See unwatched map --help.`)
    return 64
  }
  const text = await readText(path)
  if (typeof text !== 'string') {
    terminal.err(`${printable(path)}: ${text.why}`)
    return 2
  }
  return answer(question, text, { level, limit: seconds * 1000, json: read.flag('json') }, terminal)
}

async function answer(question: Question, text: string, asked: Asked, terminal: Terminal): Promise<number> {
  const say = (lines: readonly string[]): void => {
    for (const line of lines) terminal.out(printable(line))
  }
  const write = (value: unknown): void => terminal.out(JSON.stringify(value))
  if (question === 'leaks') {
    const read = readLeaks(text)
    if (!read.ok) return refuse(read.findings, asked, terminal)
    if (asked.json) write(writeLeaks(read.leaks))
    else say(sayLeaks(read.leaks))
    return 0
  }
  const read = readMap(text)
  if (!read.ok) return refuse(read.findings, asked, terminal)
  const { level, limit, json } = asked
  if (question === 'check') {
    const checked = sayCheck(read, level)
    if (json) write({ usable: true, notes: checked.notes })
    else say(checked.lines)
    return 0
  }
  if (question === 'reach') {
    const reached = findReach(read.map, level)
    if (json) write({ reached: reached.map(writeReached) })
    else {
      if (reached.length === 0) say(['The suspected person reaches nothing.'])
      for (const each of reached) {
        say([`${each.node} (${each.belief})`])
        for (const sentence of sayPath(read.map, each)) say([`  ${sentence}`])
      }
    }
    return 0
  }
  if (question === 'channels') {
    const verdicts = judgeChannels(read.map)
    const counts = (at: Belief | null): boolean =>
      at !== null && beliefs.indexOf(at) <= beliefs.indexOf(level)
    if (json)
      write(
        verdicts.map(verdict => ({
          channel: verdict.channel,
          observable: counts(verdict.level),
          path: counts(verdict.level)
            ? writeReached({ node: '', belief: 'known', path: verdict.path }).path
            : [],
        })),
      )
    else if (verdicts.length === 0) say(['The map names no channel.'])
    else for (const each of verdicts) say([`${each.channel}: ${sayVerdict(each.level, each.sees)}`])
    return 0
  }
  const solver = startHighs()
  try {
    return await (question === 'plan' ? answerPlan : answerOrder)(read.map, solver, level, limit, json, {
      say,
      write,
    })
  } finally {
    await solver.end()
  }
}

type Out = { readonly say: (lines: readonly string[]) => void; readonly write: (value: unknown) => void }

async function answerPlan(
  of: AccessMap,
  solver: Solver,
  level: Belief,
  limit: number,
  json: boolean,
  out: Out,
): Promise<number> {
  const plan = await planLockOut(of, solver, { level, limit, alternatives: json ? 3 : 0 })
  const beside = await findPlansBeside(of, solver, plan, level, limit)
  if (json) out.write(writePlan(plan, beside))
  else out.say(sayPlan(of, plan, beside))
  return plan.cost === null || plan.status === 'infeasible' ? 1 : 0
}

/** The best plan for each measure, and the one that is noticed least, where the first plan is not that; each once. */
async function findPlansBeside(
  of: AccessMap,
  solver: Solver,
  plan: LockOutPlan,
  level: Belief,
  limit: number,
): Promise<readonly PlanBeside[]> {
  if (plan.cost === null || plan.steps.length === 0) return []
  const by = (amount: (step: AccessMap['steps'][number]) => number) => ({
    amounts: new Map(of.steps.map(step => [step.id, amount(step)])),
  })
  const names = ['noticed', ...measures] as const
  const aims = [by(step => (step.alerts ? 1 : 0)), ...measures.map(each => by(step => step.cost[each]))]
  const first = { steps: plan.steps, opens: plan.stillReached.map(each => each.node) }
  const found = new Map<string, PlanBeside>()
  for (const [at, answer] of (await planForAims(of, solver, first, aims, { level, limit })).entries()) {
    const least = names[at]
    if (answer.is !== 'other' || !least) continue
    const { cost, order } = answer
    const name = [...order].sort().join(' ')
    found.set(name, { cost, steps: order, least: [...(found.get(name)?.least ?? []), least] })
  }
  return [...found.values()]
}

async function answerOrder(
  of: AccessMap,
  solver: Solver,
  level: Belief,
  limit: number,
  json: boolean,
  out: Out,
): Promise<number> {
  const order = await planLockOutInOrder(of, solver, { level, limit })
  if (json) out.write(writeOrder(order))
  else out.say(sayOrder(of, order, level))
  return order.ok ? 0 : 1
}

function sayVerdict(level: Belief | null, sees: 'content' | 'fact' | null): string {
  if (level === null) return 'not observable by anything on the map'
  const what = sees === 'fact' ? 'that there was contact' : 'what is said'
  return level === 'known'
    ? `observable: the suspected person sees ${what}`
    : `observable (${level}): they may see ${what}`
}

function refuse(
  findings: readonly { readonly place: string; readonly code: string; readonly message: string }[],
  asked: Asked,
  terminal: Terminal,
): number {
  if (asked.json) terminal.out(JSON.stringify({ usable: false, findings }))
  for (const { place, message } of findings)
    terminal.err(printable(`${place} ${message}${message.endsWith('?') ? '' : '.'}`))
  return 2
}

async function readText(path: string): Promise<string | { readonly why: string }> {
  const found = await stat(path).catch((fault: NodeJS.ErrnoException) => fault.code ?? 'unknown fault')
  if (found === 'ENOENT') return { why: 'There is no such file.' }
  if (typeof found === 'string') return { why: `It cannot be opened (${found}).` }
  if (!found.isFile()) return { why: 'This is not a file.' }
  if (found.size > largestFile) return { why: 'It is too large to be a map.' }
  try {
    return await readFile(path, 'utf8')
  } catch (fault) {
    return { why: `It cannot be read (${(fault as NodeJS.ErrnoException).code ?? 'unknown fault'}).` }
  }
}

/** Names in a file may carry commands for the terminal that shows them. */
function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\uFFFD')
}
