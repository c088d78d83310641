import sharp from 'sharp'
import { oggSum } from '../../src/evidence/importers/media/walk-ogg.ts'

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
const le32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
const latin = (text: string) => Buffer.from(text, 'latin1')
const filled = (length: number) => Buffer.from(Array.from({ length }, (_, index) => (index * 31 + 7) % 251))

export const box = (type: string, content: Uint8Array) =>
  Buffer.concat([u32(content.length + 8), latin(type), content])

/** A page of an Ogg recording, with its checksum. */
export function oggPage(number: number, content: Buffer, flags: number): Buffer {
  const sizes = [...Array.from({ length: Math.floor(content.length / 255) }, () => 255), content.length % 255]
  const head = Buffer.alloc(27)
  head.write('OggS', 'latin1')
  head[5] = flags
  head.writeUInt32LE(77, 14)
  head.writeUInt32LE(number, 18)
  head[26] = sizes.length
  const page = Buffer.concat([head, Buffer.from(sizes), content])
  page.writeUInt32LE(oggSum([page]), 22)
  return page
}

const ftyp = (brand: string) => box('ftyp', latin(`${brand}\0\0\0\0${brand}`))
const mp3Frame = () =>
  Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x00]), filled(413).map(byte => byte & 0x7f)])

/** Whole pictures, films, recordings and documents of every kind that is looked through, made here. */
export async function makeMedia(): Promise<Readonly<Record<string, Buffer>>> {
  const picture = () => sharp({ create: { width: 48, height: 32, channels: 3, background: '#345' } })
  const noisy = () => sharp(filled(64 * 64 * 3), { raw: { width: 64, height: 64, channels: 3 } })
  const riff = (form: string, chunk: string, content: Buffer) => {
    const body = Buffer.concat([latin(form), latin(chunk), le32(content.length), content])
    return Buffer.concat([latin('RIFF'), le32(body.length), body])
  }
  const film = (brand: string) =>
    Buffer.concat([ftyp(brand), box('moov', filled(120)), box('free', filled(8)), box('mdat', filled(700))])
  return {
    jpeg: await noisy().jpeg().toBuffer(),
    'jpeg, progressive': await noisy().jpeg({ progressive: true }).toBuffer(),
    png: await noisy().png().toBuffer(),
    gif: await picture().gif().toBuffer(),
    webp: await noisy().webp().toBuffer(),
    avif: await picture().avif().toBuffer(),
    heic: Buffer.concat([
      ftyp('heic'),
      box('meta', Buffer.concat([u32(0), box('ispe', Buffer.concat([u32(0), u32(48), u32(32)]))])),
      box('mdat', filled(500)),
    ]),
    mp4: film('isom'),
    mov: film('qt  '),
    '3gp': film('3gp5'),
    m4a: film('M4A '),
    opus: Buffer.concat([
      oggPage(0, Buffer.concat([latin('OpusHead'), filled(11)]), 2),
      oggPage(1, Buffer.concat([latin('OpusTags'), filled(40)]), 0),
      oggPage(2, filled(900), 0),
      oggPage(3, filled(300), 4),
    ]),
    wav: riff('WAVE', 'data', filled(400)),
    amr: Buffer.concat([
      latin('#!AMR\n'),
      ...Array.from({ length: 20 }, () => Buffer.from([0x3c, ...filled(31)])),
    ]),
    mp3: Buffer.concat([latin('ID3\x04\0\0\0\0\0\x0a'), filled(10), ...Array.from({ length: 6 }, mp3Frame)]),
    pdf: latin(
      `%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n${'% filler\n'.repeat(40)}xref\n0 1\ntrailer\n<< >>\nstartxref\n9\n%%EOF\n`,
    ),
  }
}
