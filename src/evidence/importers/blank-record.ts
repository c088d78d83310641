import type { EvidenceRecord, Place, RecordKind } from './importer.ts'

/** A record of which only the kind, the place and the raw text are known: no time, nobody, no text. */
export function blankRecord(kind: RecordKind, place: Place, raw = ''): EvidenceRecord {
  return {
    kind,
    place,
    raw,
    sentAt: null,
    sentLocal: null,
    sentAsWritten: null,
    whyNoInstant: 'not-dated',
    possibleInstants: [],
    zone: null,
    zoneHow: 'unknown',
    precision: 'none',
    sender: null,
    writtenByApp: null,
    fact: null,
    direction: 'unknown',
    text: '',
    attachments: [],
    marks: [],
    reason: null,
    image: null,
    sha256: null,
  }
}
