import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { projectFolder } from '../../test/source-files.ts'
import { map } from './map.ts'

const folder = mkdtempSync(join(tmpdir(), 'map-'))
afterAll(() => rmSync(folder, { recursive: true }))

const put = (name: string, content: unknown): string => {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

async function run(...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const code = await map(args, { out: line => void out.push(line), err: line => void err.push(line) })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

const example = (name: string): string => join(projectFolder, 'docs/examples', name)
const fairweather = example('fairweather.json')
const json = async (...args: string[]) => JSON.parse((await run(...args, '--json')).out)

const openDoor = {
  nodes: [{ id: 'secret:key' }, { id: 'info:home' }],
  rules: [{ to: 'info:home', from: ['secret:key'], how: 'walks in' }],
  holds: { suspect: ['secret:key'] },
  protect: ['info:home'],
}

test('what is reached is given with its belief and its path', async () => {
  const { reached } = await json('reach', fairweather)
  const voice = reached.find((each: { node: string }) => each.node === 'info:voice')
  expect(Object.keys(voice)).toEqual(['node', 'belief', 'path'])
  const known = await json('reach', fairweather, '--level', 'known')
  const nodes = (answer: { reached: { node: string }[] }) => answer.reached.map(each => each.node)
  expect(nodes({ reached })).toContain('channel:letter')
  expect(nodes(known)).not.toContain('channel:letter')
  expect((await run('reach', fairweather)).out).toContain('With the house, somebody opens the kitchen drawer')
})

test('a plan has exactly what the page about the command line says, and its next-best plans', async () => {
  const plan = await json('plan', fairweather)
  expect(Object.keys(plan)).toEqual(['status', 'cost', 'bound', 'steps', 'alternatives', 'stillReached'])
  expect(plan).toMatchObject({ status: 'optimal', cost: 48, bound: 48, stillReached: [] })
  expect(plan.alternatives.map((each: { cost: number }) => each.cost)).toEqual([49, 61, 61])
})

test('beside the cheapest plan stand those that are the least in something, each in a safe order', async () => {
  const two = {
    version: 1,
    nodes: [{ id: 'account:mail' }, { id: 'info:messages' }],
    rules: [{ to: 'info:messages', from: ['account:mail'], unless: ['ask-maker', 'buy-another'] }],
    holds: { suspect: ['account:mail'] },
    steps: [
      { id: 'ask-maker', cost: { effort: 3 }, alerts: true },
      { id: 'buy-another', cost: { money: 5 }, alerts: false },
    ],
    protect: ['info:messages'],
  }
  const path = put('two.json', two)
  const { steps, beside } = await json('plan', path)
  expect(steps).toEqual(['ask-maker'])
  expect(beside).toEqual([{ cost: 5, steps: ['buy-another'], least: ['noticed', 'effort'] }])
  expect((await run('plan', path)).out).toContain(
    'Otherwise, with the least steps that are noticed and effort, for 5: buy-another',
  )
})

test('an order has exactly what the page says, unnoticed steps first', async () => {
  const order = await json('order', fairweather)
  expect(Object.keys(order)).toEqual(['ok', 'cost', 'order', 'quiet', 'blocks'])
  expect(order).toMatchObject({ ok: true, cost: 48, quiet: 6, blocks: [] })
  const said = await run('order', fairweather)
  expect(said.out).toContain('The suspected person notices nothing before step 7')
  expect(said.out).toContain('They could take from the client now:')
  // Where to stop depends on more than the map of a file: nothing is said of it.
  expect(said.out).not.toContain('sitting')
})

test('channels are judged at “possible” unless somebody asks for less', async () => {
  const observable = async (...more: string[]) =>
    (await json('channels', fairweather, ...more)).map((each: { channel: string; observable: boolean }) => [
      each.channel,
      each.observable,
    ])
  expect(await observable()).toEqual([
    ['text', true],
    ['letter', true],
    ['mail', true],
  ])
  expect((await observable('--level=known'))[1]).toEqual(['letter', false])
})

test('leaks are ranked with the uneventful days, explained without them, and the next test is named', async () => {
  const leaks = await json('leaks', example('fairweather-leaks.json'))
  expect(Object.keys(leaks)).toEqual(['sources', 'explanations', 'tests', 'verdict', 'bands', 'exact'])
  expect(leaks.sources.slice(0, 2).map((each: { id: string }) => each.id)).toEqual(['car', 'cameras'])
  expect(leaks.explanations[0]).toMatchObject({ set: ['phone'], unexplained: [] })
  expect(leaks.tests.length).toBe(3)
  expect(leaks.verdict).toMatchObject({ settled: false, turns: ['unlisted', 'one-tick'] })
  const said = (await run('leaks', example('fairweather-leaks.json'))).out
  for (const words of ['it proves nothing', 'Not settled: it could be car or cameras', 'The answer turns if'])
    expect(said).toContain(words)
})

test('the case from the literature is closed by one small step', async () => {
  expect(await json('plan', example('mat-honan-2012.json'))).toMatchObject({
    cost: 2,
    steps: ['other-recovery:gmail'],
  })
})

test('S9 a check says how many steps do not say whether they are noticed, and an order counts them as noticed', async () => {
  const steps = ['lock', 'bolt', 'bar'].map(id => ({ id, cost: { effort: 1 } }))
  const rules = [{ to: 'info:home', from: ['secret:key'], how: 'walks in', unless: ['lock'] }]
  const silent = put('silent.json', { ...openDoor, rules, steps })
  const check = await run('check', silent)
  expect(check.code).toBe(0)
  expect(check.out).toContain('3 steps do not say whether they are noticed: counted as noticed')
  expect(await json('order', silent)).toMatchObject({ order: ['lock'], quiet: 0 })
  const said = put('said.json', {
    ...openDoor,
    rules,
    steps: steps.map(each => ({ ...each, alerts: false })),
  })
  expect((await run('check', said)).out).not.toContain('noticed')
  expect(await json('order', said)).toMatchObject({ order: ['lock'], quiet: 1 })
})

test('where there is no plan or no order the answer is 1, with the reason and the path', async () => {
  const path = put('open.json', openDoor)
  const plan = await run('plan', path)
  expect(plan.code).toBe(1)
  expect(plan.out).toContain('Not everything can be closed')
  expect(plan.out).toContain('somebody walks in')
  expect(await json('plan', path)).toMatchObject({
    status: 'infeasible',
    steps: [],
    stillReached: [{ node: 'info:home' }],
  })
  expect((await run('order', path)).code).toBe(1)
  expect(
    await json('order', put('keep.json', { ...openDoor, protect: [], keep: ['info:home'] })),
  ).toMatchObject({
    ok: false,
    cost: null,
    order: [],
    quiet: 0,
  })
})

test('a file that cannot be used ends with 2 and every finding, in words and as JSON', async () => {
  const path = put('bad.json', { nodes: [{ id: 'a' }], protect: ['b'], keep: ['c'] })
  for (const question of ['check', 'reach', 'plan', 'order', 'channels']) {
    const answer = await run(question, path, '--json')
    expect(answer.code).toBe(2)
    expect(JSON.parse(answer.out).findings.map((each: { place: string }) => each.place)).toEqual([
      'protect[0]',
      'keep[0]',
    ])
    expect(answer.err).toContain('keep[0] names “c”, and there is no such node.')
  }
  const misspelt = put('misspelt.json', { ...openDoor, steps: [{ id: 'lock', alert: true }] })
  for (const question of ['check', 'reach', 'plan', 'order', 'channels'])
    expect([question, await run(question, misspelt)]).toEqual([
      question,
      { code: 2, out: '', err: 'steps[0].alert is no field of a step. Did you mean “alerts”?' },
    ])
  const leaks = put('leaks.json', { sources: [], incidents: [{ knew: true, carrier: ['car'] }] })
  expect(await run('leaks', leaks)).toEqual({
    code: 2,
    out: '',
    err: 'incidents[0].carrier is no field of an incident. Did you mean “carriers”?',
  })
  expect((await run('check', put('not.json', 'nonsense'))).err).toBe('file is not JSON.')
  expect((await run('plan', join(folder, 'gone.json'))).code).toBe(2)
  expect((await run('plan', folder)).code).toBe(2)
  expect((await run('leaks', put('empty.json', {}))).code).toBe(2)
})

test('a question that is not understood ends with 64', async () => {
  for (const args of [
    [],
    ['draw', 'x'],
    ['plan'],
    ['plan', 'a', 'b'],
    ['plan', 'a', '--level', 'sure'],
    ['plan', 'a', '--seconds', '0'],
  ])
    expect((await run(...args)).code).toBe(64)
  expect((await run('--help')).code).toBe(0)
})

test('a name that carries commands for the terminal is shown, not obeyed', async () => {
  const path = put('escape.json', { nodes: [{ id: 'a\u001b[2J' }], holds: { suspect: ['a\u001b[2J'] } })
  expect((await run('reach', path)).out).not.toContain('\u001b')
})

test('what the client keeps only by a guess is said, with plan and with order, and is no silent “optimal”', async () => {
  const door = (belief: 'known' | 'possible') =>
    put(`door-${belief}.json`, {
      nodes: [{ id: 'secret:code' }, { id: 'account:post' }, { id: 'device:old' }, { id: 'info:letters' }],
      rules: [
        { to: 'account:post', from: ['secret:code'], how: 'types the code', unless: ['new-code'] },
        { to: 'account:post', from: ['device:old'], how: 'has it open there', who: 'client', belief },
        { to: 'info:letters', from: ['account:post'], how: 'reads them', who: 'suspect' },
      ],
      holds: { suspect: ['secret:code'], client: ['secret:code', 'device:old'] },
      steps: [{ id: 'new-code', label: 'Have the code changed', cost: { effort: 2 } }],
      protect: ['info:letters'],
      keep: ['account:post'],
    })
  const words = 'The client may lose account:post: nobody knows whether their path to it is there.'
  for (const question of ['plan', 'order']) {
    expect((await json(question, door('possible'))).keptByGuess).toEqual(['account:post'])
    expect((await run(question, door('possible'))).out).toContain(words)
    expect(await json(question, door('known'))).not.toHaveProperty('keptByGuess')
    expect((await run(question, door('known'))).out).not.toContain('may lose')
  }
})

test('a map with nothing in it asks for nothing', async () => {
  const path = put('nothing.json', { nodes: [] })
  expect(await json('reach', path)).toEqual({ reached: [] })
  expect(await json('plan', path)).toMatchObject({ status: 'optimal', cost: 0, steps: [] })
  expect(await json('order', path)).toMatchObject({ ok: true, cost: 0, order: [], quiet: 0 })
  expect((await run('check', path)).out).toContain('Nothing is protected')
})

test('the example in the README of the room runs as it stands', () => {
  const readme = readFileSync(join(projectFolder, 'src/access-engine/README.md'), 'utf8')
  const code = /```js\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
  expect(code).toContain("from 'unwatched/access-map'")
  const said = execFileSync(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: projectFolder,
    encoding: 'utf8',
  })
  expect(said).toBe('optimal 48\n')
})
