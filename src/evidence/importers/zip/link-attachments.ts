import type { EvidenceRecord, Place } from '../importer.ts'

export type MissingAttachment = { readonly name: string; readonly place: Place }

/**
 * Ties the files a chat names to the entries beside it in the same folder of the archive. A name that fits no
 * entry is missing, and is listed.
 */
export function linkAttachments(
  chatName: string,
  entryNames: readonly string[],
): { link(record: EvidenceRecord): EvidenceRecord; missing(): readonly MissingAttachment[] } {
  const folder = chatName.slice(0, chatName.lastIndexOf('/') + 1)
  // Names written on one system may be composed differently from those unpacked on another.
  const entries = new Map(entryNames.map(name => [name.normalize('NFC'), name]))
  const missing: MissingAttachment[] = []
  return {
    link(record) {
      if (record.attachments.length === 0) return record
      const attachments = record.attachments.map(({ name }) => {
        const entry = name === null ? null : (entries.get(`${folder}${name}`.normalize('NFC')) ?? null)
        if (name !== null && entry === null) missing.push({ name, place: record.place })
        return { name, entry }
      })
      return { ...record, attachments }
    },
    missing: () => missing,
  }
}
