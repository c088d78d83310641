import type { Flaw } from '../media/flaw.ts'
import type { MeasuredImage } from './measure-image.ts'

/** No camera and no phone makes a picture of more pixels than this. */
const mostPixels = 1_073_741_824
/** So many pixels never fit into one byte in these formats, however plain the picture is. */
const densest: Readonly<Record<string, number>> = { jpeg: 400, png: 10_000 }

/** Says when the size that a picture claims cannot be true. */
export function findImpossibleSize({ type, width, height }: MeasuredImage, bytes: number): Flaw | null {
  const flaw = (message: string): Flaw => ({ code: 'impossible-size', message })
  if (width === null || height === null)
    return flaw('The picture is damaged: it does not say how large it is.')
  const size = `${width.toLocaleString('en-GB')} by ${height.toLocaleString('en-GB')} pixels`
  if (width === 0 || height === 0) return flaw(`The picture claims an impossible size: ${size}.`)
  const pixels = width * height
  const fits = densest[type]
  if (pixels > mostPixels || (fits !== undefined && pixels > bytes * fits + 65_536))
    return flaw(
      `The picture claims an impossible size for its ${bytes.toLocaleString('en-GB')} bytes: ${size}.`,
    )
  return null
}
