import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ListedPackage, readPackages } from './android-packages.ts'
import { checkSchema, type ListKind, listKinds } from './check.ts'
import { readDevices } from './device-list.ts'
import { flagPackages } from './flag-packages.ts'
import { dateIndicator, isOldIndicator } from './indicator-age.ts'
import { parseIndicatorFile } from './indicator-file.ts'
import { decodeList, largestList, mostLines, splitListLines } from './list-lines.ts'
import { matchPackages } from './match-packages.ts'
import { readList, showsSomething } from './read-list.ts'
import { sayFlag } from './say-check.ts'

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8')
const packagesOf = (text: string): readonly ListedPackage[] =>
  readPackages(splitListLines(text).lines).packages

/** Text of any characters, including those that control a screen or the direction of writing. */
const anyText = (maxLength: number) =>
  fc
    .array(
      fc.oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0, max: 0x7f }), fc.constant(0x202e)),
      { maxLength },
    )
    .map(codes => String.fromCodePoint(...codes))

const example = `
- name: Example Watcher
  names: [Example Watcher, Quiet Heron]
  type: stalkerware
  packages:
  - org.example.watcher
  - org.example.quiet.heron
  certificates:
  - 0123456789ABCDEF
  websites: [watcher.example.org]
  c2:
    ips: [192.0.2.7]
    domains: [c2.example.org]
- name: Example Family
  type: watchware
  packages: [org.example.family]
`
const indicators = [
  { ...parseIndicatorFile('ioc-2026-11-01.yaml', example), date: '2026-11-01', dateFrom: 'name' as const },
]

/** Whatever a list held, what is read of it can be kept. */
function keepable(kind: ListKind, data: Uint8Array): void {
  const read = readList(kind, data, indicators, '2026-11-27')
  if (!read.ok) return
  const check = {
    version: 1,
    looked: ['apps'],
    way: 'brought',
    lookedBy: 'X',
    day: '2026-11-27',
    found: false,
    words: '',
  }
  expect(checkSchema.safeParse({ ...check, list: read.list }).error).toBeUndefined()
}

test('a list of Android apps is read in every form that the phone prints it in', () => {
  const check = (text: string, read: Partial<ListedPackage>) =>
    expect(packagesOf(text)).toEqual([{ line: 1, path: null, installer: null, ...read }])
  check('package:com.example.app', { name: 'com.example.app' })
  check('com.example.app', { name: 'com.example.app' })
  check('package:android', { name: 'android' })
  check('package:com.example.app  installer=null', { name: 'com.example.app', installer: 'null' })
  check('package:com.example.app  installer=com.android.vending  uid:10123', {
    name: 'com.example.app',
    installer: 'com.android.vending',
  })
  check('package:com.example.app versionCode:12 uid:10123,1010123', { name: 'com.example.app' })
  check('package:/system/app/Maps/Maps.apk=com.example.maps', {
    name: 'com.example.maps',
    path: '/system/app/Maps/Maps.apk',
  })
  check(
    'package:/data/app/~~a-B_c==/com.example.app-d==/base.apk=com.example.app  installer=null uid:10200\r',
    {
      name: 'com.example.app',
      path: '/data/app/~~a-B_c==/com.example.app-d==/base.apk',
      installer: 'null',
    },
  )
})

test('a line that is no app is left aside with its place and its reason, and nothing vanishes', () => {
  const text = [
    '* daemon started successfully',
    'package:com.example.app',
    '',
    'package:com.exa\u202emple.app',
    'C:\\>adb shell pm list packages',
    'Chrome',
    'package:com.example\u0000.app',
    'package:app.apk=com.example.app',
    '=com.example.app',
    `package:com.${'x'.repeat(3000)}`,
  ].join('\r\n')
  const read = readList('apps', bytes(text), [], '2026-11-27')
  if (!read.ok) throw new Error('was refused')
  expect(read.list.read).toBe(1)
  expect(read.list.unread.map(({ line, because }) => [line, because])).toEqual([
    [1, 'not-a-package'],
    [4, 'not-a-package'],
    [5, 'not-a-package'],
    [6, 'not-a-package'],
    [7, 'control-characters'],
    [8, 'not-a-package'],
    [9, 'not-a-package'],
    [10, 'too-long'],
  ])
  expect(read.list.unread[1]?.text).toContain('⟨U+202E⟩')
  expect(read.list.unread[4]?.text).toContain('⟨U+0000⟩')
})

test('whatever stands in a list, every line with something in it is read or left aside, once', () => {
  const name = fc.constantFrom('org.example.heron', 'a.b', 'org.example.x_1.y', 'com.example.kettle')
  const line = fc.oneof(
    name.map(each => `package:${each}`),
    name.map(each => `package:/data/app/~~x==/${each}-1/base.apk=${each}  installer=null  uid:10001`),
    anyText(40),
    fc.constantFrom(
      '',
      '  ',
      'package:',
      'package:=',
      '=',
      '\u0000',
      '\u202e',
      '\ufeff',
      'a'.repeat(2_001),
      `${'heron '.repeat(200)}${'\u0001'.repeat(40)}`,
      `x${'\u202e'.repeat(40)}`,
    ),
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), typed => {
      const text = typed.join('\n')
      const decoded = decodeList(bytes(text))
      if (!decoded.ok) return
      const split = splitListLines(decoded.text)
      const read = readPackages(split.lines)
      const numbers = [...split.unread, ...read.unread, ...read.packages].map(each => each.line)
      const filled = decoded.text
        .split(/\r\n|\r|\n/)
        .flatMap((each, index) => (each.trim() === '' ? [] : [index + 1]))
      expect(numbers.sort((one, other) => one - other)).toEqual(filled)
      for (const each of read.packages) expect(each.name).toMatch(/^[A-Za-z0-9_.]+$/)
      for (const kind of listKinds) keepable(kind, bytes(text))
    }),
    { numRuns: 60 },
  )
})

test('a list that is too large, has too many lines or holds nothing is refused, and UTF-16 is read', () => {
  const refusal = (data: Uint8Array) => {
    const read = decodeList(data)
    return read.ok ? null : read.because
  }
  expect(refusal(new Uint8Array(largestList + 1))).toBe('too-large')
  expect(refusal(bytes('a\n'.repeat(mostLines + 1)))).toBe('too-many-lines')
  expect(refusal(bytes(' \r\n\t'))).toBe('empty')
  expect(refusal(new Uint8Array())).toBe('empty')
  expect(refusal(Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]))).toBe('not-a-text')
  const wide = Buffer.concat([
    Buffer.from([0xff, 0xfe]),
    Buffer.from('package:com.example.app\r\n', 'utf16le'),
  ])
  const read = readList('apps', wide, [], '2026-11-27')
  expect(read.ok && read.list.read).toBe(1)
})

test('an app matches by its package whatever its capitals, and a match by name alone is marked', () => {
  const text =
    'package:org.Example.Watcher\npackage:org.example.watcher2\nQuiet heron\npackage:org.example.family'
  const { lines } = splitListLines(text)
  const { packages, unread } = readPackages(lines)
  const matches = matchPackages(packages, unread, indicators)
  expect(matches.map(({ line, by, family, type }) => [line, by, family, type])).toEqual([
    [1, 'package', 'Example Watcher', 'stalkerware'],
    [3, 'name', 'Example Watcher', 'stalkerware'],
    [4, 'package', 'Example Family', 'watchware'],
  ])
})

test('every package of a file is found in a list that holds it, and nothing is found that no file holds', () => {
  const word = fc.constantFrom('heron', 'kettle', 'org', 'example', 'z')
  const name = fc.tuple(word, word, word).map(parts => parts.join('.'))
  fc.assert(
    fc.property(
      fc.uniqueArray(name, { maxLength: 20 }),
      fc.uniqueArray(name, { maxLength: 20 }),
      (bad, there) => {
        const csv = ['package,name,type', ...bad.map(each => `${each},"Family of ${each}",x`)].join('\n')
        const file = parseIndicatorFile('a.csv', csv)
        expect(file.problems).toEqual([])
        const packages = there.map((each, index) => ({
          line: index + 1,
          name: each,
          path: null,
          installer: null,
        }))
        const found = matchPackages(packages, [], [file]).map(each => each.what)
        expect(found).toEqual(there.filter(each => bad.includes(each)))
      },
    ),
  )
})

test('what did not come from a store is flagged for what the list shows, and what came with the phone is not', () => {
  const reasons = (text: string) => flagPackages(packagesOf(text)).flags.map(each => each.because)
  expect(reasons('package:/system/app/A/A.apk=com.example.a installer=null')).toEqual([])
  expect(reasons('package:/data/app/a/base.apk=com.example.a installer=com.android.vending')).toEqual([])
  expect(reasons('package:/data/app/a/base.apk=com.example.a installer=null')).toEqual(['no-installer'])
  expect(reasons('package:com.example.a installer=com.google.android.packageinstaller')).toEqual(['by-hand'])
  expect(reasons('package:com.example.a installer=com.android.shell')).toEqual(['by-cable'])
  expect(reasons('package:com.example.a installer=org.example.reader')).toEqual(['other-app'])
  expect(reasons('package:/data/app/a/base.apk=com.android.service installer=null')).toEqual(['system-name'])
  expect(reasons('package:com.example.a')).toEqual([])
  // Without paths, a list that holds parts of Android shows nothing about an app without a named installer.
  const whole = flagPackages(
    packagesOf('package:android installer=null\npackage:com.example.a installer=null'),
  )
  expect(whole).toEqual({ flags: [], unjudged: 2 })
  expect(reasons('package:com.example.a installer=null\npackage:com.example.b installer=null')).toHaveLength(
    2,
  )
  expect(sayFlag({ package: 'com.example.a', because: 'other-app', installer: 'org.example.reader' })).toBe(
    'com.example.a was put there by another app, org.example.reader',
  )
})

test('an indicator file as it is published is read, and what is wrong with one is reported line by line', () => {
  const { families, problems } = parseIndicatorFile('ioc.yaml', example)
  expect(problems).toEqual([])
  expect(families.map(({ name, packages }) => [name, packages.length])).toEqual([
    ['Example Watcher', 2],
    ['Example Family', 1],
  ])
  const problemsIn = (name: string, text: string) => parseIndicatorFile(name, text).problems
  expect(problemsIn('a.yaml', '- name: [')).toEqual([
    expect.stringContaining('is not YAML that can be read (line'),
  ])
  expect(problemsIn('a.yaml', 'name: x')).toEqual([expect.stringContaining('must be a list')])
  expect(problemsIn('a.yaml', '- packages: [a.b]\n- name: Kept')).toEqual(['entry 1: name cannot be used'])
  expect(problemsIn('a.yaml', '- name: X\n  packages: {a: b}')).toEqual(['entry 1: packages cannot be used'])
  expect(problemsIn('a.yml', '')).toEqual([])
  expect(problemsIn('a.csv', 'name;package')).toEqual([expect.stringContaining('columns package and name')])
  expect(problemsIn('a.csv', 'package,name\norg.example.a,\n"org.example.b,X')).toEqual([
    'ends inside a quoted field',
    'line 2: must have a name and a package',
    'line 3: must have a name and a package',
  ])
  expect(problemsIn('a.exe', 'x')).toEqual(['ends in neither .yaml, .yml nor .csv'])
})

test('S10 no indicator file, however it is bent, is a crash or a long wait', () => {
  const corpus = [
    '['.repeat(30_000),
    `${'- '.repeat(20_000)}x`,
    `a: &a [x,x]\n${Array.from({ length: 30 }, (_, n) => `b${n}: &b${n} [*a,*a]`).join('\n')}`,
    `- &a [x]\n- name: X\n  packages: [*a, *a]`,
    '- name: X\n  <<: {packages: [a.b]}\n',
    '- __proto__: {x: y}\n  name: X',
    '- name: X\n  name: Y',
    '!!js/function "x"',
    '"\\u0000"',
    `- name: ${'x'.repeat(300_000)}`,
    `package,name\n${'"'.repeat(100_001)}`,
    '---\n- name: X\n---\n- name: Y',
  ]
  for (const text of corpus)
    for (const name of ['a.yaml', 'a.csv']) {
      const read = parseIndicatorFile(name, text)
      expect(read.problems.length + read.families.length).toBeGreaterThanOrEqual(0)
    }
  fc.assert(
    fc.property(anyText(200), fc.constantFrom('a.yaml', 'a.csv'), (text, name) => {
      for (const each of parseIndicatorFile(name, text).families) expect(each.name).not.toBe('')
    }),
  )
  // A real file with one byte changed is read, or reported.
  fc.assert(
    fc.property(fc.nat(example.length - 1), fc.string({ minLength: 1, maxLength: 2 }), (at, put) => {
      const bent = example.slice(0, at) + put + example.slice(at + 1)
      const { families, problems } = parseIndicatorFile('a.yaml', bent)
      expect(families.length + problems.length).toBeGreaterThan(0)
    }),
  )
})

test('an indicator file is of the day in its name, or of the day it was changed, and old after ninety days', () => {
  const changed = new Date('2026-05-04T10:00:00Z')
  expect(dateIndicator('ioc-2026-11-01.yaml', changed)).toEqual({ date: '2026-11-01', dateFrom: 'name' })
  for (const name of ['ioc.yaml', 'ioc-2026-02-31.yaml', '92026-01-01.yaml'])
    expect(dateIndicator(name, changed)).toEqual({ date: '2026-05-04', dateFrom: 'file' })
  expect(isOldIndicator('2026-08-29', '2026-11-27')).toBe(false)
  expect(isOldIndicator('2026-08-28', '2026-11-27')).toBe(true)
})

test('devices are read from what Apple and Google hand out and from what a page shows', () => {
  const names = (text: string) => readDevices(text).devices.map(each => each.name)
  const apple =
    'Device Name,Device Added Date,Device Serial Number,Device IMEI,Device Last Heartbeat IP,Device Last Heartbeat Timestamp,Device Model Name\n' +
    'Lena’s iPhone,2025-01-03 10:11:12,C0FFEE1,N/A,192.0.2.4,2026-11-20 07:00:00,iPhone 13\n' +
    '"Kitchen, tablet",2025-02-01 08:00:00,C0FFEE2,,192.0.2.9,2026-11-21 07:00:00,iPad\n' +
    ',,C0FFEE3,,,,\n'
  const read = readDevices(apple)
  expect(read.format).toBe('table')
  expect(read.devices.map(each => [each.line, each.name])).toEqual([
    [2, 'Lena’s iPhone'],
    [3, 'Kitchen, tablet'],
  ])
  expect(read.devices[0]?.details).toContain('Device Last Heartbeat IP: 192.0.2.4')
  expect(read.devices[0]?.details.join()).not.toContain('N/A')
  expect(read.unread.map(each => each.line)).toEqual([4])

  const access =
    'Gaia ID,Device Type,Brand Name,Marketing Name,OS,OS Version,Device Model,Device Last Location\n' +
    '1,MOBILE,Example,Heron 7,Android,15,H-7,"Country ISO: GB\nLast Activity Time: 2026-11-20 10:00:00"\n' +
    '1,DESKTOP,,,Windows,11,,\n'
  expect(names(access)).toEqual(['Heron 7', 'DESKTOP'])

  const play = JSON.stringify([
    {
      device: {
        mostRecentData: {
          manufacturer: 'example',
          modelName: 'H-7',
          deviceName: 'heronwifi',
          carrierName: 'Fiction Mobile',
        },
        deviceRegistrationTime: '2025-12-04T05:13:00Z',
        lastTimeDeviceActive: '2026-11-22T10:59:25Z',
      },
    },
    'nothing',
  ])
  const fromPlay = readDevices(play)
  expect(fromPlay.devices.map(each => each.name)).toEqual(['example H-7'])
  expect(fromPlay.devices[0]?.details).toContain('lastTimeDeviceActive: 2026-11-22T10:59:25Z')
  expect(fromPlay.unread.map(each => [each.line, each.text])).toEqual([[2, '"nothing"']])

  const page =
    'Devices\n\nLena’s iPhone\niPhone 13\nThis iPhone\n\nJames’s MacBook\nMacBook Air 13"\nLast seen yesterday\n\nSee details'
  expect(names(page)).toEqual(['Lena’s iPhone', 'James’s MacBook'])
  expect(names('Lena’s iPhone\niPhone 13\nKitchen\niPad\n')).toEqual(['Lena’s iPhone', 'Kitchen'])
  expect(names('Windows\nTonbridge, UK\n20 Nov\nPixel 7\nTonbridge, UK\n')).toEqual(['Windows', 'Pixel 7'])
})

test('whatever is pasted as a list of devices is read or left aside, without a mark that changes the direction of writing', () => {
  const piece = fc.oneof(
    anyText(60),
    fc.constantFrom(
      'Device Name,Model',
      'a,b',
      '"',
      '[',
      '{"device":1}',
      '[[1],[2]]',
      '[{"name":"x\u202ey"}]',
      'iPhone',
      '\n\n',
      'x\u202ey',
      '\u0000',
    ),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), pieces => {
      const text = pieces.join('\n')
      for (const kind of listKinds) keepable(kind, bytes(text))
      const { devices } = readDevices(text)
      for (const device of devices)
        for (const said of [device.name, ...device.details]) {
          expect(said).not.toMatch(/[\u0000-\u001f\u202a-\u202e\u2066-\u2069]/)
          expect(said.length).toBeLessThanOrEqual(400)
        }
    }),
  )
  const deep = readList('devices', bytes('['.repeat(200_000)), [], '2026-11-27')
  expect(deep.ok).toBe(true)
  const many = Array.from({ length: 400 }, (_, n) => `{"name":"Device ${n}"}`)
  const list = readDevices(`[${many.join(',')}]`)
  expect([list.devices.length, list.unread.length, list.unread[0]?.because]).toEqual([300, 100, 'too-many'])
})

test('a list shows something when there is a match, a flag, or a device the client does not know', () => {
  const read = readList('apps', bytes('package:org.example.watcher'), indicators, '2026-11-27')
  expect(read.ok && showsSomething(read.list)).toBe(true)
  expect(read.ok && read.list.against).toEqual([
    { file: 'ioc-2026-11-01.yaml', date: '2026-11-01', isOld: false, packages: 3 },
  ])
  const clean = readList('apps', bytes('package:org.example.other'), indicators, '2026-11-27')
  expect(clean.ok && showsSomething(clean.list)).toBe(false)
  const devices = readList('devices', bytes('Lena’s iPhone'), [], '2026-11-27')
  if (!devices.ok) throw new Error('was refused')
  expect(showsSomething(devices.list)).toBe(false)
  expect(
    showsSomething({
      ...devices.list,
      devices: devices.list.devices.map(each => ({ ...each, known: false })),
    }),
  ).toBe(true)
})
