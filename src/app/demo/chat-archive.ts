import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import yazl from 'yazl'

/** An export with its media, as the phone packs it: the chat first, then each file under its own name. */
export async function packChat(
  chatName: string,
  chat: string,
  media: readonly { readonly name: string; readonly bytes: Buffer }[],
): Promise<Buffer> {
  const zip = new yazl.ZipFile()
  // A fixed time: the same demo has the same bytes everywhere.
  const mtime = new Date('2026-10-01T12:00:00Z')
  zip.addBuffer(Buffer.from(chat, 'utf8'), chatName, { mtime })
  for (const file of media) zip.addBuffer(file.bytes, file.name, { mtime, compress: false })
  zip.end()
  return buffer(Readable.from(zip.outputStream))
}
