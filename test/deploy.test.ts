import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projectFolder } from './source-files.ts'

const deploy = join(projectFolder, 'deploy')
const units = readdirSync(deploy).filter(name => name.endsWith('.service'))

/** What a unit says, by name; of a name said twice, both. */
function readUnit(name: string): ReadonlyMap<string, string> {
  const said = new Map<string, string>()
  for (const [, key = '', value = ''] of readFileSync(join(deploy, name), 'utf8').matchAll(/^(\w+)=(.*)$/gm))
    said.set(key, said.has(key) ? `${said.get(key)} ${value}` : value)
  return said
}

test.each(units)('%s runs as nobody but the clinic, and shares no temporary folder with anybody', name => {
  const said = readUnit(name)
  expect(said.get('User')).toBe('unwatched')
  expect(said.get('Group')).toBe('unwatched')
  for (const lock of ['PrivateTmp', 'NoNewPrivileges', 'PrivateDevices', 'ProtectHome', 'RestrictSUIDSGID'])
    expect([lock, said.get(lock)]).toEqual([lock, 'yes'])
  expect(said.get('CapabilityBoundingSet')).toBe('')
  expect(said.get('UMask')).toBe('0077')
})

test.each(units)('%s writes to the data of the clinic and its backups, and never to the program', name => {
  const said = readUnit(name)
  expect(said.get('ProtectSystem')).toBe('strict')
  const writable = (said.get('ReadWritePaths') ?? '').split(' ')
  expect(writable.filter(path => !['/srv/unwatched', '/var/backups/unwatched'].includes(path))).toEqual([])
  expect([said.get('StateDirectory'), said.get('CacheDirectory'), said.get('BindPaths')]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('what a clinic starts is the program that was built, with nothing that compiles it', () => {
  const started = [
    ...readdirSync(deploy).map(name => join(deploy, name)),
    join(projectFolder, 'bin/unwatched.mjs'),
  ]
  for (const file of started)
    expect(readFileSync(file, 'utf8'), file).not.toMatch(/tsx|\.ts\b|--import|--loader/)
  expect(readUnit('unwatched.service').get('ExecStart')).toBe(
    '/usr/bin/node /opt/unwatched/bin/unwatched.mjs serve',
  )
})

test('the command of an installed clinic is refused to anybody but root and the clinic itself', () => {
  const folder = mkdtempSync(join(tmpdir(), 'command-'))
  try {
    // Who is asking is what `id` says: here one that plays each of them.
    const ask = (who: string, uid: number, settings: Readonly<Record<string, string>>): string => {
      const tools = { id: `[ "$1" = -u ] && echo ${uid} || echo ${who}`, runuser: 'echo "runuser $*"' }
      for (const [tool, does] of Object.entries(tools)) {
        writeFileSync(join(folder, tool), `#!/bin/sh\n${does}\n`)
        chmodSync(join(folder, tool), 0o755)
      }
      const script = readFileSync(join(deploy, 'unwatched'), 'utf8').replaceAll('/usr/bin/node', 'echo node')
      writeFileSync(join(folder, 'unwatched'), script)
      writeFileSync(join(folder, 'settings'), 'UNWATCHED_DATA=/srv/unwatched\n')
      const env = {
        PATH: `${folder}:/usr/bin:/bin`,
        UNWATCHED_SETTINGS: join(folder, 'settings'),
        ...settings,
      }
      try {
        return execFileSync('/bin/sh', [join(folder, 'unwatched'), 'backup', 'F'], {
          env,
          encoding: 'utf8',
          stdio: 'pipe',
        })
      } catch (refused) {
        return `exit ${(refused as { status?: unknown }).status}`
      }
    }
    expect(ask('sam', 1000, { UNWATCHED_DATA: '/srv/unwatched' })).toBe('exit 77')
    expect(ask('unwatched', 998, {})).toBe('exit 77')
    expect(ask('unwatched', 998, { UNWATCHED_DATA: '/srv/unwatched' })).toBe(
      'node /opt/unwatched/bin/unwatched.mjs backup F\n',
    )
    expect(ask('root', 0, {})).toBe(
      'runuser -u unwatched -- echo node /opt/unwatched/bin/unwatched.mjs backup F\n',
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
})
