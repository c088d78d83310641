import { crc32, deflateRawSync } from 'node:zlib'

export type Made = {
  readonly name: string | Uint8Array
  readonly data?: Uint8Array | string
  readonly mode?: number
  readonly flags?: number
  readonly method?: number
  readonly size?: number
  readonly sum?: number
  /** Points at the local header of an earlier entry. */
  readonly at?: number
  /** States its sizes only behind its content, as programs do that write while they send. */
  readonly described?: boolean
  /** Bytes behind the content, inside what is packed. */
  readonly packedTail?: string
  /** Bytes between this entry and the next. */
  readonly followedBy?: Uint8Array | string
  /** In the archive, and not in its directory. */
  readonly unlisted?: boolean
}

/** Writes a zip by hand, because no library writes the hostile ones. */
export function makeZip(entries: readonly Made[], comment = ''): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  let listed = 0
  for (const made of entries) {
    const data = Buffer.from(made.data ?? '')
    const packed = Buffer.concat([
      made.method === 0 ? data : deflateRawSync(data),
      Buffer.from(made.packedTail ?? ''),
    ])
    const name = Buffer.from(made.name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE((made.flags ?? 0x800) | (made.described ? 8 : 0), 2)
    common.writeUInt16LE(made.method ?? 8, 4)
    common.writeUInt32LE(made.sum ?? crc32(data), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(made.size ?? data.length, 18)
    common.writeUInt16LE(name.length, 22)
    const before = Buffer.from(common)
    if (made.described) before.fill(0, 10, 22)
    const behind = made.described
      ? Buffer.concat([Buffer.from('PK\x07\x08', 'latin1'), common.subarray(10, 22)])
      : Buffer.alloc(0)
    const local = Buffer.concat([
      Buffer.from('PK\x03\x04', 'latin1'),
      before,
      name,
      packed,
      behind,
      Buffer.from(made.followedBy ?? ''),
    ])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(((made.mode ?? 0o100644) << 16) >>> 0, 6)
    tail.writeUInt32LE(made.at ?? offset, 10)
    if (!made.unlisted) {
      directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, tail, name]))
      listed += 1
    }
    if (made.at === undefined) {
      locals.push(local)
      offset += local.length
    }
  }
  const middle = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(listed, 8)
  end.writeUInt16LE(listed, 10)
  end.writeUInt32LE(middle.length, 12)
  end.writeUInt32LE(offset, 16)
  end.writeUInt16LE(Buffer.byteLength(comment), 20)
  return Buffer.concat([...locals, middle, end, Buffer.from(comment)])
}
