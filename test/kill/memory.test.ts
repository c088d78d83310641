import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ordersFor } from '../support/ordered-clinic.ts'
import { openTestCase } from '../support/test-case.ts'
import { openTestClinic, type TestClinic } from '../support/test-clinic.ts'
import { bundleProgram } from './bundle-program.ts'

let world: TestClinic
let folder: string
beforeAll(async () => {
  world = await openTestClinic(new Date(Date.now() - 60_000).toISOString())
  folder = await mkdtemp(join(tmpdir(), 'unwatched-memory-'))
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true, force: true })
})

type Used = { readonly size: number; readonly afterIntake: number; readonly afterReading: number }

test('a file of 256 MB is taken in and read with the memory of one of 64 MB', {
  timeout: 180_000,
}, async () => {
  const program = await bundleProgram('take-in-one', folder)
  const use = async (megabytes: number): Promise<Used> => {
    const orders = await ordersFor(world, await openTestCase(world))
    const env = { ...process.env, ORDERS: JSON.stringify({ ...orders, megabytes }) }
    const { stdout } = await promisify(execFile)(process.execPath, [program], { env })
    return JSON.parse(stdout) as Used
  }
  const small = await use(64)
  const large = await use(256)
  expect([small.size, large.size]).toEqual([64 * 1024 ** 2, 256 * 1024 ** 2])
  // In kilobytes. Held whole, the larger one would need 190 MB more.
  expect(large.afterIntake - small.afterIntake).toBeLessThan(64 * 1024)
  expect(large.afterReading - small.afterReading).toBeLessThan(64 * 1024)
  expect(await readdir(world.clinic.spoolFolder)).toEqual([])
})
