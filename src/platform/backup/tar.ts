/** Every entry of a tar begins on a block and fills its last one up with zeros. */
// POSIX.1-1988 (ustar), IEEE Std 1003.1, pax: "ustar Interchange Format"
export const blockSize = 512

/** The two empty blocks that end a tar. */
export const tarEnd: Buffer = Buffer.alloc(2 * blockSize)

/** The head of one plain file: readable by its owner alone, of no owner and no time, so that the same is the same. */
export function tarHead(name: string, size: number): Buffer {
  const head = Buffer.alloc(blockSize)
  if (Buffer.byteLength(name) > 99) throw new RangeError('a name in a tar is at most 99 bytes long')
  head.write(name, 0)
  head.write('0000600\0', 100)
  head.write('0000000\0', 108)
  head.write('0000000\0', 116)
  writeSize(head, size)
  head.write('00000000000\0', 136)
  head.write('0', 156)
  head.write('ustar\x0000', 257, 'latin1')
  head.write(`${sumOf(head).toString(8).padStart(6, '0')}\0 `, 148)
  return head
}

/** What a head says, or null when it is not one that `tarHead` writes. */
export function readTarHead(head: Buffer): { readonly name: string; readonly size: number } | null {
  const end = head.indexOf(0)
  const name = head.subarray(0, end < 0 ? 0 : Math.min(end, 99)).toString('utf8')
  const size =
    head[124] === 0x80
      ? Number(head.readBigUInt64BE(128))
      : Number.parseInt(head.subarray(124, 135).toString('latin1'), 8)
  if (name === '' || !Number.isSafeInteger(size) || size < 0) return null
  return tarHead(name, size).equals(head) ? { name, size } : null
}

/** How many zeros follow an entry of this size. */
export function tarPadding(size: number): number {
  return (blockSize - (size % blockSize)) % blockSize
}

function writeSize(head: Buffer, size: number): void {
  if (size < 8 ** 11) {
    head.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
    return
  }
  // GNU tar, "Extensions to the archive format": base 256 above 8 GiB
  head[124] = 0x80
  head.writeBigUInt64BE(BigInt(size), 128)
}

function sumOf(head: Buffer): number {
  let sum = 0
  for (const [place, byte] of head.entries()) sum += place >= 148 && place < 156 ? 0x20 : byte
  return sum
}
