import sharp from 'sharp'

/** What an invented screenshot shows: a title bar, and rows of text with a small grey line under each. */
export type Screen = {
  readonly app: string
  readonly clock: string
  readonly colour: string
  readonly rows: readonly { readonly text: string; readonly small?: string }[]
}

const width = 720
const rowHeight = 118

function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

/** Draws a phone's screen as a PNG, as a client would bring it. */
export async function drawScreenshot(screen: Screen): Promise<Buffer> {
  const height = 200 + screen.rows.length * rowHeight + 60
  const rows = screen.rows.map((row, index) => {
    const top = 200 + index * rowHeight
    return `<rect x="24" y="${top}" width="672" height="${rowHeight - 14}" rx="14" fill="#ffffff"/>
      <text x="48" y="${top + 46}" font-size="28" fill="#111111">${escapeMarkup(row.text)}</text>
      <text x="48" y="${top + 82}" font-size="22" fill="#666666">${escapeMarkup(row.small ?? '')}</text>`
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="DejaVu Sans, Arial, sans-serif">
    <rect width="${width}" height="${height}" fill="#eef0f2"/>
    <rect width="${width}" height="160" fill="${screen.colour}"/>
    <text x="32" y="44" font-size="24" fill="#ffffff">${escapeMarkup(screen.clock)}</text>
    <text x="32" y="118" font-size="40" fill="#ffffff">${escapeMarkup(screen.app)}</text>
    ${rows.join('')}
    <text x="32" y="${height - 22}" font-size="18" fill="#888888">Invented for the Unwatched demo</text>
  </svg>`
  return sharp(Buffer.from(svg)).png({ compressionLevel: 9 }).toBuffer()
}

/** A photograph as a telephone takes it: what it shows, and beside it when and where it was taken. */
export async function drawPhoto(
  screen: Screen,
  taken: { readonly at: string; readonly exifClock: string },
): Promise<Buffer> {
  return sharp(await drawScreenshot(screen))
    .withExif({
      IFD0: { Make: 'Invented', Model: 'Demo telephone', ImageDescription: taken.at },
      IFD2: { DateTimeOriginal: taken.exifClock },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '51/1 0/1 0/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '0/1 0/1 0/1',
      },
    })
    .jpeg({ quality: 88 })
    .toBuffer()
}
