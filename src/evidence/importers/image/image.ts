import exifr from 'exifr'
import { findInPicture } from '../../giveaways/find-in-picture.ts'
import { findPictureBlocks } from '../../giveaways/picture-blocks.ts'
import { blankRecord } from '../blank-record.ts'
import type {
  Answers,
  EvidenceRecord,
  EvidenceSource,
  Identification,
  ImageFacts,
  Importer,
  ReadStep,
} from '../importer.ts'
import { keepAccount } from '../keep-account.ts'
import { searchMedia } from '../media/search-media.ts'
import { type CameraClock, findCameraClocks, sayClocks } from './camera-clocks.ts'
import { findImpossibleSize } from './impossible-size.ts'
import { type MeasuredImage, measureImage } from './measure-image.ts'

/** What a camera writes about a picture stands near its start; no more than this is ever looked at. */
const imageBytesRead = 16_777_216

/** A screenshot or photograph: one record, with its size and what the camera wrote. Pixels are not decoded. */
export const image: Importer = { format: 'image', identify: identifyImage, read: readImage }

function identifyImage(head: Uint8Array): Identification {
  const measured = measureImage(head)
  return measured ? { kind: 'mine', dialect: measured.type, confidence: 1 } : { kind: 'not mine' }
}

async function* readImage(source: EvidenceSource, _answers: Answers): AsyncGenerator<ReadStep> {
  const account = keepAccount()
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const chunk of source.open()) {
    pieces.push(chunk)
    size += chunk.length
    if (size >= imageBytesRead) break
  }
  const bytes = Buffer.concat(pieces)
  const measured = measureImage(bytes)
  if (!measured) {
    account.problem('not-an-image', 'The file does not begin like a picture.')
    yield { step: 'account', account: account.close(source.size, false) }
    return
  }
  yield { step: 'identified', format: 'image', dialect: measured.type, confidence: 1 }
  const { flaws: found, notes } = await searchMedia(source, measured.type)
  const impossible = findImpossibleSize(measured, source.size)
  const flaws = impossible ? [...found, impossible] : found
  const marks = [...new Set(flaws.map(flaw => flaw.code))]
  const record = { ...(await recordOfImage(bytes, measured, source.size)), marks }
  for (const flaw of flaws) account.problem(flaw.code, flaw.message, record.place)
  for (const note of notes) account.note(note)
  if (record.image?.position === 'written')
    account.note(
      'The camera wrote a position into this picture. It is not shown here, and goes along wherever the original goes.',
    )
  if (record.image?.position === 'not-known')
    account.note(
      `Whether a position is written into this picture is not known. ${record.image.positionNotKnown.join(' ')}`,
    )
  if (record.image?.cameraClock && record.image.gpsTime)
    account.note('The picture carries two clocks, the camera and GPS. They need not agree; both are kept.')
  for (const clock of sayClocks(await readClocks(measured.type, bytes))) account.note(clock)
  account.count(record)
  yield { step: 'records', records: [record] }
  yield { step: 'account', account: account.close(source.size) }
}

/** The record of one picture, from its first bytes. */
async function recordOfImage(
  bytes: Uint8Array,
  measured: MeasuredImage,
  size: number,
): Promise<EvidenceRecord> {
  const place = { from: 0, to: size, firstLine: null, lastLine: null, entry: null }
  const { position, notKnown, words } = await findInPicture(measured.type, bytes, bytes.length === size)
  const looked = { position, positionNotKnown: notKnown, words }
  return { ...blankRecord('image', place), image: { ...measured, ...(await readCamera(bytes)), ...looked } }
}

type CameraFacts = Omit<ImageFacts, 'type' | 'width' | 'height' | 'position' | 'positionNotKnown' | 'words'>

// CIPA DC-008 (Exif 2.32): tag names and the form of its dates
async function readCamera(bytes: Uint8Array): Promise<CameraFacts> {
  // A damaged block of camera data leaves a picture that is still a picture.
  const found: unknown = await exifr
    .parse(bytes, { tiff: true, exif: true, gps: true, reviveValues: false, mergeOutput: true })
    .catch(() => null)
  const tags: Readonly<Record<string, unknown>> = isTags(found) ? found : {}
  const taken = textOf(tags['DateTimeOriginal']) ?? textOf(tags['CreateDate'])
  return {
    cameraClock: clockOf(taken),
    cameraOffset: textOf(tags['OffsetTimeOriginal']) ?? textOf(tags['OffsetTime']),
    gpsTime: gpsTimeOf(tags['GPSDateStamp'], tags['GPSTimeStamp']),
    make: textOf(tags['Make']),
    model: textOf(tags['Model']),
    software: textOf(tags['Software']),
  }
}

/** The clocks in every block of camera data, each once. */
async function readClocks(type: string, bytes: Uint8Array): Promise<readonly CameraClock[]> {
  const all = new Map<string, CameraClock>()
  for (const block of findPictureBlocks(type, bytes).exif.slice(0, 8)) {
    const found: unknown = await exifr
      .parse(Buffer.from(block), {
        tiff: true,
        exif: true,
        gps: true,
        reviveValues: false,
        mergeOutput: true,
      })
      .catch(() => null)
    if (isTags(found))
      for (const clock of findCameraClocks(found))
        all.set(`${clock.name} ${clock.shows} ${clock.offset}`, clock)
  }
  return [...all.values()]
}

const isTags = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

function textOf(value: unknown): string | null {
  const text = typeof value === 'string' ? value.replace(/\0/g, '').trim().slice(0, 200) : ''
  return text === '' ? null : text
}

function clockOf(text: string | null): string | null {
  const found = /^(\d{4})[:-](\d{2})[:-](\d{2})[ T](\d{2}):(\d{2}):(\d{2})/.exec(text ?? '')
  return found ? `${found[1]}-${found[2]}-${found[3]}T${found[4]}:${found[5]}:${found[6]}` : null
}

function gpsTimeOf(date: unknown, time: unknown): string | null {
  const parts: readonly unknown[] = Array.isArray(time)
    ? time
    : typeof time === 'string'
      ? time.split(':')
      : []
  const day = /^(\d{4}):(\d{2}):(\d{2})/.exec(textOf(date) ?? '')
  const [hour, minute, second] = parts.map(Number)
  if (!day || hour === undefined || minute === undefined || second === undefined) return null
  if (![hour, minute, second].every(Number.isFinite)) return null
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  return `${day[1]}-${day[2]}-${day[3]}T${two(hour)}:${two(minute)}:${two(second)}Z`
}
