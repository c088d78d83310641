import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import { verify } from '../../../src/cli/verify.ts'
import type { Walk } from './world.ts'

/** An advocate asks for a bundle and cannot approve it themselves; a coordinator does. */
export async function askAndApprove(walk: Walk): Promise<void> {
  const nia = await walk.as('stalking-advocate')
  const { page } = nia
  await nia.open(`${walk.kept('case')}/bundles`)
  await page.getByRole('button', { name: 'Ask for this bundle' }).click()
  await nia.look('bundle-problem')
  await page
    .getByRole('radio', { name: /police/i })
    .first()
    .check()
  await page.getByRole('group', { name: 'Which agency is it for?' }).getByRole('radio').first().check()
  await page.getByRole('radio', { name: 'Every message that was read' }).check()
  await page.getByRole('button', { name: 'Ask for this bundle' }).click()
  // Some of what was brought could not be looked through, so somebody says what becomes of it.
  await page.getByRole('heading', { name: 'What in these exhibits could give the client away?' }).waitFor()
  await nia.look('bundle-choose')
  await page.getByRole('button', { name: /^Ask for this bundle/ }).click()
  await nia.look('bundle-choose-problem')
  expect(await nia.read('[role=alert]')).toContain('Select what becomes of')
  for (const original of await page.getByRole('radio', { name: /^Send the original/ }).all())
    await original.check()
  await page.getByRole('button', { name: /^Ask for this bundle/ }).click()
  await page.getByText('Waiting for approval').waitFor()
  await nia.look('bundle-asked')
  expect(await nia.read()).toContain('Somebody else has to approve it')
  expect(await page.getByRole('link', { name: 'Approve or refuse this bundle' }).count()).toBe(0)

  const coordinator = await walk.as('coordinator')
  await coordinator.open(`${walk.kept('case')}/bundles`)
  await coordinator.page.getByRole('link', { name: 'Approve or refuse this bundle' }).click()
  const decide = new URL(coordinator.page.url()).pathname
  await coordinator.look('bundle-decide')
  // Who asked gets no further by the address alone.
  await nia.open(decide)
  await page.getByRole('radio', { name: /^Approve/ }).check()
  await page.getByRole('button', { name: 'Save decision' }).click()
  await nia.look('bundle-not-theirs-to-approve')
  expect(await nia.read('[role=alert]')).toContain('somebody else has to decide')

  await coordinator.page.getByRole('radio', { name: /^Approve/ }).check()
  await coordinator.page.getByRole('button', { name: 'Save decision' }).click()
  for (let tries = 0; tries < 160; tries += 1) {
    await coordinator.open(`${walk.kept('case')}/bundles`)
    if ((await coordinator.page.getByText('Ready', { exact: true }).count()) > 0) break
    await wait(250)
  }
  await coordinator.look('bundle-ready')
  expect(await coordinator.read()).toContain('Ready')
}

/** The police liaison sees what was shared and no more, and downloads the bundle. */
export async function handOver(walk: Walk): Promise<void> {
  const liaison = await walk.as('police-liaison')
  const { page } = liaison
  await liaison.open(walk.kept('case'))
  await liaison.look('case-liaison')
  expect(await page.getByRole('navigation', { name: 'Parts of this case' }).textContent()).not.toMatch(
    /Evidence|Safe contact|Consents|Who looked/,
  )
  for (const part of ['evidence', 'contact', 'consents', 'trail', 'evidence/custody']) {
    await liaison.open(`${walk.kept('case')}/${part}`)
    expect(await liaison.read('h1'), part).toBe('Page not found')
  }
  await liaison.open(`${walk.kept('case')}/bundles`)
  await liaison.look('bundle-liaison')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByText('Download the bundle').click(),
  ])
  expect(download.suggestedFilename()).not.toMatch(/Rowan|Thistlewood|Osric/)
  const folder = await mkdtemp(join(tmpdir(), 'unwatched-handed-'))
  const file = join(folder, 'bundle.zip')
  await download.saveAs(file)
  walk.keep('handed', folder)
}

/** Anybody verifies what was handed over; the client's receipt proves it; one changed byte is found. */
export async function verifyWhatWasHanded(walk: Walk): Promise<void> {
  const folder = walk.kept('handed')
  try {
    const file = join(folder, 'bundle.zip')
    const receipt = join(folder, 'receipt.txt')
    await writeFile(receipt, walk.kept('receipt'))
    const run = async (...args: string[]): Promise<{ readonly exit: number; readonly said: string }> => {
      const said: string[] = []
      const io = { out: (text: string) => said.push(text), err: (text: string) => said.push(text) }
      return { exit: await verify(args, io), said: said.join('\n') }
    }
    const whole = await run(file, '--receipt', receipt)
    expect(whole.said).not.toContain('WRONG')
    expect(whole.exit).toBe(0)

    const unpacked = join(folder, 'unpacked')
    const unzip = spawnSync('unzip', ['-q', file, '-d', unpacked])
    if (unzip.error) execFileSync('python3', ['-m', 'zipfile', '-e', file, unpacked])
    const [top = ''] = await readdir(unpacked)
    const bag = (await readdir(unpacked)).length === 1 ? join(unpacked, top) : unpacked
    const manifest = await readFile(join(bag, 'manifest-sha256.txt'), 'utf8')
    const lines = manifest.split('\n').filter(line => line !== '')
    expect(lines.length).toBeGreaterThan(5)
    for (const line of lines) {
      const [digest = '', ...name] = line.split(/ {2}/)
      const bytes = await readFile(join(bag, name.join('  ')))
      expect(createHash('sha256').update(bytes).digest('hex'), line).toBe(digest)
    }
    const sums = spawnSync('sha256sum', ['-c', '--quiet', 'manifest-sha256.txt'], {
      cwd: bag,
      encoding: 'utf8',
    })
    if (!sums.error) expect(`${sums.status} ${sums.stdout}${sums.stderr}`).toBe('0 ')

    const exhibit = lines.map(line => line.split(/ {2}/)[1] ?? '').find(name => name.endsWith('.png')) ?? ''
    const bytes = await readFile(join(bag, exhibit))
    bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1)
    await writeFile(join(bag, exhibit), bytes)
    const changed = await run(bag)
    expect(changed.exit).toBe(1)
    expect(changed.said).toMatch(/WRONG/)
    expect(changed.said).toContain(exhibit)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
