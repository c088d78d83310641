/** Names and values of camera data, as its reader hands them over: what a file says, and so anything. */
export type CameraTags = Readonly<Record<string, unknown>>

type ClockName = 'taken' | 'digitised' | 'changed'

/** One clock that is written into a picture. */
export type CameraClock = {
  readonly name: ClockName | 'satellites'
  /** "2026-03-02 22:14:03"; as it is written where it is no time. */
  readonly shows: string
  /** "+01:00", "UTC" for that of the satellites; null where it does not say. */
  readonly offset: string | null
  /** The moment in milliseconds since 1970; null where no offset is known. */
  readonly moment: number | null
}

// CIPA DC-008 (Exif 2.32), 4.6.5: tags 0x9003, 0x9004 and 0x0132 with their offsets 0x9011, 0x9012 and 0x9010
const written: readonly (readonly [ClockName, string, string])[] = [
  ['taken', 'DateTimeOriginal', 'OffsetTimeOriginal'],
  ['digitised', 'CreateDate', 'OffsetTimeDigitized'],
  ['changed', 'ModifyDate', 'OffsetTime'],
]

/** Every clock in the camera data of a picture. They need not agree; each is kept as it is. */
export function findCameraClocks(tags: CameraTags): readonly CameraClock[] {
  const clocks = written.flatMap(([name, clock, offset]): CameraClock[] => {
    const text = wordsOf(tags[clock])
    return text === null ? [] : [clockOf(name, text, offsetOf(tags[offset]))]
  })
  const satellites = satelliteClock(tags['GPSDateStamp'], tags['GPSTimeStamp'])
  return satellites ? [...clocks, satellites] : clocks
}

const names: Readonly<Record<CameraClock['name'], string>> = {
  taken: 'Clock of the camera when the picture was taken',
  digitised: 'Clock of the camera when the picture was made digital',
  changed: 'Clock of the device or program that last wrote the file',
  satellites: 'Clock of the satellites',
}

/** Two clocks further apart than this, in milliseconds, are said to differ: both are written down in whole seconds. */
const tolerance = 120_000

/** What the clocks say, a sentence each, and by how much the camera and the satellites differ. */
export function sayClocks(clocks: readonly CameraClock[]): readonly string[] {
  const said = clocks.map(
    ({ name, shows, offset }) =>
      `${names[name]}: ${shows}${offset === null ? '. It does not say in which zone' : ` (${offset})`}.`,
  )
  const momentOf = (name: CameraClock['name']) => clocks.find(clock => clock.name === name)?.moment ?? null
  const [camera, satellites] = [momentOf('taken'), momentOf('satellites')]
  if (camera === null || satellites === null || Math.abs(camera - satellites) <= tolerance) return said
  const which = camera < satellites ? 'behind' : 'ahead of'
  return [
    ...said,
    `The clock of the camera was ${saySpan(Math.abs(camera - satellites))} ${which} that of the satellites.`,
  ]
}

function saySpan(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000)
  const parts = [
    [Math.floor(minutes / 1440), 'day', 'days'],
    [Math.floor((minutes % 1440) / 60), 'hour', 'hours'],
    [minutes % 60, 'minute', 'minutes'],
  ] as const
  return parts
    .filter(([count]) => count > 0)
    .map(([count, one, many]) => `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`)
    .join(' ')
}

/** A text of a file, short and without what a page cannot show; null for none. */
function wordsOf(value: unknown): string | null {
  const text =
    typeof value === 'string'
      ? value
          .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
          .trim()
          .slice(0, 60)
      : ''
  return text === '' ? null : text
}

function offsetOf(value: unknown): string | null {
  const found = /^([+-])(\d{2}):?(\d{2})$/.exec(wordsOf(value) ?? '')
  return found && Number(found[2]) <= 14 && Number(found[3]) <= 59
    ? `${found[1]}${found[2]}:${found[3]}`
    : null
}

function clockOf(name: ClockName, text: string, offset: string | null): CameraClock {
  const found = /^(\d{4})[:-](\d{2})[:-](\d{2})[ T](\d{2}):(\d{2}):(\d{2})/.exec(text)
  if (!found) return { name, shows: `“${text}”, which is no time`, offset: null, moment: null }
  const [, year, month, day, hour, minute, second] = found
  const shows = `${year}-${month}-${day} ${hour}:${minute}:${second}`
  const at = offset === null ? Number.NaN : Date.parse(`${shows.replace(' ', 'T')}${offset}`)
  return { name, shows, offset, moment: Number.isNaN(at) ? null : at }
}

function satelliteClock(date: unknown, time: unknown): CameraClock | null {
  const day = /^(\d{4})[:-](\d{2})[:-](\d{2})$/.exec(wordsOf(date) ?? '')
  const list: readonly unknown[] =
    Array.isArray(time) || ArrayBuffer.isView(time)
      ? Array.from(time as unknown as ArrayLike<unknown>).slice(0, 3)
      : typeof time === 'string'
        ? time.split(':').slice(0, 3)
        : []
  const parts = list.map(Number)
  if (!day || parts.length < 3 || !parts.every(part => Number.isFinite(part) && part >= 0 && part <= 60))
    return null
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const shows = `${day[1]}-${day[2]}-${day[3]} ${parts.map(two).join(':')}`
  const at = Date.parse(`${shows.replace(' ', 'T')}Z`)
  return Number.isNaN(at) ? null : { name: 'satellites', shows, offset: 'UTC', moment: at }
}
