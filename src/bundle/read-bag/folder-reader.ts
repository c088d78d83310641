import { createReadStream } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { BagEntry, BagReader } from '../bagit/bag-reader.ts'
import { CannotRead } from './cannot-read.ts'

/** Reads a bag from a folder. Links are listed as links and never followed; nothing is written. */
export function readFolder(root: string): BagReader {
  return {
    list: async () => {
      const entries: BagEntry[] = []
      const folders = ['']
      for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
        for (const each of await listFolder(join(root, folder))) {
          const path = folder === '' ? each.name : `${folder}/${each.name}`
          if (each.isDirectory()) folders.push(path)
          const kind = each.isFile()
            ? 'file'
            : each.isDirectory()
              ? 'folder'
              : each.isSymbolicLink()
                ? 'link'
                : 'other'
          entries.push({ path, kind, size: kind === 'file' ? (await lstat(join(root, path))).size : 0 })
        }
      }
      return entries.sort((a, b) => (a.path < b.path ? -1 : 1))
    },
    open: path => createReadStream(join(root, path), { highWaterMark: 1024 * 1024 }),
  }
}

async function listFolder(path: string) {
  try {
    return await readdir(path, { withFileTypes: true })
  } catch (problem) {
    throw new CannotRead(`The folder ${path} may not be opened.`, problem)
  }
}
