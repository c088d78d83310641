import { request as ask } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../test/support/test-case.ts'
import { openTestClinic, type TestClinic } from '../../test/support/test-clinic.ts'
import { addJob } from '../platform/ask-for-job.ts'
import { noteLastBackup } from '../platform/backup/last-backup.ts'
import { openDatabase } from '../platform/database.ts'
import { type MetricsServer, startMetrics } from './serve-metrics.ts'
import { type Serving, startServing } from './server.ts'

let world: TestClinic
let metrics: MetricsServer
let serving: Serving
let dataFolder: string
beforeAll(async () => {
  world = await openTestClinic()
  dataFolder = world.clinic.spoolFolder
  metrics = await startMetrics(world.clinic, { dataFolder, metricsPort: 0 })
  const options = { withJobs: false, seen: metrics.count }
  serving = await startServing(
    world.clinic,
    { host: '127.0.0.1', port: 0, behindTls: false, trustProxy: false },
    options,
  )
})
afterAll(async () => {
  await serving.stop()
  await metrics.stop()
  await world.close()
})

const read = async (): Promise<string> => (await fetch(`http://127.0.0.1:${metrics.port}/metrics`)).text()
const visit = (path: string, method = 'GET') =>
  fetch(`${serving.address}${path}`, { method, redirect: 'manual' })

test('the watch is answered without a word: nothing of what this is, in which version, or why not', async () => {
  for (const path of ['health', 'ready']) {
    for (const method of ['GET', 'HEAD']) {
      const answer = await visit(path, method)
      expect(answer.status, path).toBe(200)
      expect(await answer.text()).toBe('')
      for (const name of ['set-cookie', 'server-timing', 'server', 'x-powered-by', 'content-type'])
        expect(answer.headers.get(name), name).toBeNull()
      expect(answer.headers.get('cache-control')).toContain('no-store')
    }
    expect((await visit(path, 'POST')).status, path).toBe(404)
  }
})

test('S13: while the database is away the program is healthy and not ready, and says no more', async () => {
  const database = openDatabase('postgres://nobody:nothing@127.0.0.1:1/none', { now: world.clock.now })
  const away = { ...world.clinic, database }
  const site = await startServing(
    away,
    { host: '127.0.0.1', port: 0, behindTls: false, trustProxy: false },
    { withJobs: false },
  )
  const answer = await fetch(`${site.address}ready`)
  expect(answer.status).toBe(503)
  expect(await answer.text()).toBe('')
  expect((await fetch(`${site.address}health`)).status).toBe(200)
  await site.stop()
  const blind = await startMetrics(away, { dataFolder, metricsPort: 0 })
  const text = await (await fetch(`http://127.0.0.1:${blind.port}/metrics`)).text()
  await blind.stop()
  await database.close()
  expect(text).toContain('unwatched_database_reachable 0')
  expect(text).not.toContain('unwatched_jobs{')
})

test('requests are counted by the pattern of their route, and how long they took', async () => {
  const caseId = await openTestCase(world)
  await visit('')
  await visit(`cases/${caseId}?name=Lena+Example`)
  await visit('no/such/Lena/Example')
  const text = await read()
  expect(text).toMatch(/unwatched_requests_total\{method="GET",route="\/",status="200"\} [1-9]/)
  expect(text).toMatch(/unwatched_requests_total\{method="GET",route="\/cases\/:case",status="\d+"\} 1/)
  expect(text).toMatch(/unwatched_requests_total\{method="GET",route="none",status="404"\} [1-9]/)
  expect(text).toMatch(/unwatched_request_seconds_bucket\{method="GET",route="\/",le="\+Inf"\} [1-9]/)
})

test('the queue, the disk and the last backup are told as figures', async () => {
  expect(await read()).toContain('unwatched_last_backup_timestamp_seconds 0\n')
  await noteLastBackup(dataFolder, { at: new Date('2026-03-02T10:00:00Z'), migrations: 1 })
  await world.clinic.database.transaction(world.as('coordinator'), transaction =>
    addJob(transaction, 'wait-for-nobody', {}),
  )
  const text = await read()
  expect(text).toContain('unwatched_last_backup_timestamp_seconds 1772445600\n')
  expect(text).toContain('unwatched_database_reachable 1\n')
  expect(text).toContain('unwatched_jobs{state="waiting"} 1\n')
  expect(text).toContain('unwatched_jobs{state="parked"} 0\n')
  expect(text).toContain('unwatched_indicator_files{state="wrong"} 0\n')
  expect(text).toMatch(/unwatched_oldest_waiting_job_timestamp_seconds \d{10}\n/)
  expect(text).toMatch(/unwatched_data_disk_free_bytes [1-9]\d+\n/)
})

test('S11: no name, id, address or query is in the metrics, whatever was asked for', async () => {
  await visit(`cases/${await openTestCase(world, { clientName: 'Lena Example' })}`)
  for (const path of [
    '%22%7D%0Aevil%201',
    'join/a-secret-token',
    `people?q=${encodeURIComponent('Lena Example')}`,
  ])
    await visit(path)
  const text = await read()
  for (const word of ['Lena', 'Example', 'secret', 'evil', 'Test clinic', '127.0.0.1', 'wait-for-nobody'])
    expect(text).not.toContain(word)
  expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/)
  for (const line of text.trimEnd().split('\n'))
    expect(line).toMatch(
      /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[0-9.e+]+)$/,
    )
})

test('metrics are on a port of this machine alone, and not on the one the clinic is served on', async () => {
  for (const path of ['metrics', 'metrics/', 'metrics?x', 'health/metrics'])
    expect((await visit(path)).status).toBe(404)
  const elsewhere = `http://127.0.0.1:${metrics.port}`
  expect((await fetch(`${elsewhere}/`)).status).toBe(404)
  expect((await fetch(`${elsewhere}/metrics/`)).status).toBe(404)
  expect((await fetch(`${elsewhere}/metrics`, { method: 'POST' })).status).toBe(405)
  // A page of a stranger's, in a browser on this machine, under a name that leads here.
  const rebound = await new Promise<number | undefined>((done, fail) => {
    const asking = ask(
      { host: '127.0.0.1', port: metrics.port, path: '/metrics', headers: { host: 'stranger.example' } },
      answer => done(answer.resume().statusCode),
    )
    asking.once('error', fail).end()
  })
  expect(rebound).toBe(403)
  await expect(startMetrics(world.clinic, { dataFolder, metricsPort: metrics.port })).rejects.toMatchObject({
    code: 'port-taken',
  })
})
