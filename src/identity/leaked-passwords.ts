import { sha256 } from '../foundation/digest.ts'
import { leakedPasswordDigests } from './leaked-password-digests.ts'

const bytes = Buffer.from(leakedPasswordDigests, 'base64')
const shortestPart = 5
const longestSplit = 40

/** Whether a text is on the list of common and leaked passwords that ships. One in ninety thousand is taken for one that is not. */
export function isLeaked(text: string): boolean {
  const wanted = Number.parseInt(sha256(text).slice(0, 8), 16)
  let [low, high] = [0, bytes.length / 4 - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = bytes.readUInt32BE(middle * 4)
    if (found === wanted) return true
    if (found < wanted) low = middle + 1
    else high = middle - 1
  }
  return false
}

/** Whether a text is one of them, or two of them one after the other, such as one typed twice to make it long enough. */
export function isMadeOfLeaked(text: string): boolean {
  if (isLeaked(text)) return true
  if (text.length > longestSplit) return false
  for (let at = shortestPart; at <= text.length - shortestPart; at += 1) {
    if (isLeaked(text.slice(0, at)) && isLeaked(text.slice(at))) return true
  }
  return false
}
