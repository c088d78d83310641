import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { BagReader } from '../bagit/bag-reader.ts'
import { CannotRead } from './cannot-read.ts'
import { readFolder } from './folder-reader.ts'
import { looksLikeZip, readZip } from './zip-reader.ts'

export type OpenBag = { readonly reader: BagReader; readonly close: () => void }

/** Opens a bag from a folder or a zip. Throws CannotRead when there is nothing there, or neither of the two. */
export async function openBag(path: string): Promise<OpenBag> {
  const found = await stat(path).catch((problem: unknown) => {
    throw new CannotRead(`There is no file or folder at ${path}, or it may not be opened.`, problem)
  })
  if (found.isDirectory()) return { reader: readFolder(await findBagFolder(path)), close: () => undefined }
  if (!found.isFile()) throw new CannotRead(`${path} is neither a file nor a folder.`)
  if (found.size === 0) throw new CannotRead(`${path} is empty.`)
  if (!(await looksLikeZip(path))) throw new CannotRead(`${path} is not a zip file.`)
  const reader = await readZip(path)
  return { reader, close: reader.close }
}

/** Programs that unpack a zip often put a folder around it. One such folder is ignored. */
async function findBagFolder(path: string): Promise<string> {
  if (existsSync(join(path, 'bagit.txt'))) return path
  const entries = await readdir(path, { withFileTypes: true })
  const [only, ...others] = entries
  if (!only?.isDirectory() || others.length > 0) return path
  return existsSync(join(path, only.name, 'bagit.txt')) ? join(path, only.name) : path
}
