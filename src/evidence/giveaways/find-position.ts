import exifr from 'exifr'
import { findPictureBlocks } from './picture-blocks.ts'

/** A position that a camera wrote into a picture: degrees, metres. */
export type PicturePosition = {
  readonly latitude: number
  readonly longitude: number
  /** Above the sea, and how far off it may be, as the device says; null where it does not. */
  readonly altitude: number | null
  readonly within: number | null
}

/**
 * The position in the camera data of a picture, the first that is one; null where there is none, or where it is written
 * elsewhere, as a program may. What comes of it is shown to somebody who asked and is kept nowhere.
 */
export async function findPosition(type: string, bytes: Uint8Array): Promise<PicturePosition | null> {
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
    const position = readPosition(found)
    if (position) return position
  }
  return null
}

/** What a reader of camera data makes of a block, where that is a position on the earth. */
export function readPosition(found: unknown): PicturePosition | null {
  const tags: Readonly<Record<string, unknown>> =
    typeof found === 'object' && found !== null ? { ...found } : {}
  const figure = (name: string, most: number): number | null => {
    const value = tags[name]
    return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= most ? value : null
  }
  const [latitude, longitude] = [figure('latitude', 90), figure('longitude', 180)]
  if (latitude === null || longitude === null) return null
  return {
    latitude,
    longitude,
    altitude: figure('GPSAltitude', 20_000),
    within: figure('GPSHPositioningError', 100_000),
  }
}

/** The position in words: as many figures as a telephone knows, which is to about a metre. */
export function sayPosition({ latitude, longitude, altitude, within }: PicturePosition): string {
  const degrees = (value: number, ahead: string, behind: string): string =>
    `${Math.abs(value).toFixed(5)}° ${value < 0 ? behind : ahead}`
  const rest = [
    ...(altitude === null ? [] : [`${Math.round(altitude)} metres above the sea`]),
    ...(within === null ? [] : [`to within ${Math.ceil(within)} metres, as the device says`]),
  ]
  const where = `${degrees(latitude, 'north', 'south')}, ${degrees(longitude, 'east', 'west')}`
  return [where, ...rest].join('; ')
}
