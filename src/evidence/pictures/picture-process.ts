import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'
import { watchProcess } from '../../platform/watch-process.ts'
import { type CopyForm, findShownSize, pictureBounds } from './safe-copy.ts'

// Runs as a process of its own, with no key, no database and no settings: what it decodes may be made to take it over.
// In: the file. Out: a line that says what the picture is, and then its pixels alone.

const [form, memory] = process.argv.slice(2)

/** The one decoder of the library that this process may run. */
const decoders: Readonly<Record<CopyForm, string>> = {
  jpeg: 'VipsForeignLoadJpegBuffer',
  png: 'VipsForeignLoadPngBuffer',
  webp: 'VipsForeignLoadWebpBuffer',
  gif: 'VipsForeignLoadNsgifBuffer',
  avif: 'VipsForeignLoadHeifBuffer',
}

watchProcess(Number(memory))
sharp.cache(false)
sharp.concurrency(1)
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: [decoders[form as CopyForm]] })

async function decode(bytes: Buffer, failOn: 'error' | 'none') {
  const open = () => sharp(bytes, { limitInputPixels: pictureBounds.pixels, failOn })
  const { autoOrient, orientation = 1, pages = 1 } = await open().metadata()
  const { shownWidth, shownHeight } = findShownSize(autoOrient.width, autoOrient.height)
  const { data, info } = await open()
    .autoOrient()
    .resize(shownWidth, shownHeight, { fit: 'fill' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  const says = {
    width: autoOrient.width,
    height: autoOrient.height,
    shownWidth: info.width,
    shownHeight: info.height,
    channels: info.channels,
    frames: pages,
    isTurned: orientation > 1,
    isDamaged: failOn === 'none',
  }
  return { data, says }
}

try {
  const bytes = await buffer(process.stdin)
  const { data, says } = await decode(bytes, 'error').catch(() => decode(bytes, 'none'))
  process.stdout.write(`${JSON.stringify(says)}\n`)
  process.stdout.write(data, () => process.exit(0))
} catch {
  process.exit(3)
}
