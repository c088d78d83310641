import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { takeInstanceLock } from './instance-lock.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unwatched-lock-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const address = 'http://127.0.0.1:3000/'

test('a second start over the same data is told who holds it and where', async () => {
  const lock = await takeInstanceLock(folder, address)
  expect(lock.lastRunCrashed).toBe(false)
  await expect(takeInstanceLock(folder, 'http://127.0.0.1:3001/')).rejects.toMatchObject({
    code: 'already-running',
    message: expect.stringContaining(`process ${process.pid}, ${address}`),
  })
  await lock.announce('http://127.0.0.1:41000/')
  await expect(takeInstanceLock(folder, address)).rejects.toThrow('http://127.0.0.1:41000/')
  await lock.release()
  expect(await readdir(folder)).toEqual([])
  expect((await takeInstanceLock(folder, address)).lastRunCrashed).toBe(false)
})

test('a holder that died is replaced, and the crash is told', async () => {
  const check = async (left: string): Promise<void> => {
    await writeFile(join(folder, 'running.1.json'), left)
    const lock = await takeInstanceLock(folder, address)
    expect(lock.lastRunCrashed).toBe(true)
    expect(JSON.parse(await readFile(join(folder, 'running.2.json'), 'utf8'))).toMatchObject({
      pid: process.pid,
    })
    await lock.release()
  }
  await check(JSON.stringify({ pid: 2 ** 22 + 1, born: '1', address })) // no such process
  await check(JSON.stringify({ pid: process.pid, born: '1', address })) // the number is used again by another
  await check('{"pid": 12') // the power went while it was written
  await check('')
  await check('null')
})

test('of many that start at once over data whose holder died, exactly one gets it', async () => {
  for (let round = 0; round < 20; round += 1) {
    await writeFile(join(folder, 'running.1.json'), JSON.stringify({ pid: 2 ** 22 + 1, born: '1', address }))
    const taken = await Promise.allSettled(Array.from({ length: 8 }, () => takeInstanceLock(folder, address)))
    const winners = taken.flatMap(one => (one.status === 'fulfilled' ? [one.value] : []))
    expect(winners).toHaveLength(1)
    expect(taken.flatMap(one => (one.status === 'rejected' ? [one.reason.code] : []))).toEqual(
      Array.from({ length: 7 }, () => 'already-running'),
    )
    await winners[0]?.release()
    expect(await readdir(folder)).toEqual([])
  }
})
