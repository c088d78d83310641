import {
  BlockReader,
  type BlockWriter,
  BrokenBlock,
  sharedLength,
} from '../../foundation/blocks/block-bytes.ts'
import type { ItemId } from '../../foundation/ids.ts'
import { fromTemplate } from './raw-template.ts'
import type { RecordColumns } from './record-columns.ts'
import type { RecordRest, RecordShape, StoredRecord } from './stored-record.ts'

/**
 * Records one behind the other, a column for each thing that is known of them: what is alike stands side by side, so
 * that it packs small. Before a text stand the ones it shares with the record before.
 */
export function encodeSegment(
  columns: RecordColumns,
  order: Uint32Array,
  from: number,
  to: number,
  out: BlockWriter,
): Buffer {
  const count = to - from
  out.number(count)
  const each = (write: (at: number) => void): void => {
    for (let index = from; index < to; index += 1) write(order[index] ?? 0)
  }
  each(at => {
    out.number(columns.items[at] ?? 0)
  })
  writeDeltas(columns.ordinals, each, out)
  writeClocks(columns, each, out)
  const dictionaries = [columns.shapes, columns.senders, columns.templates, columns.entries]
  for (const { ids, texts } of dictionaries) {
    const own = new Map<number, number>()
    each(at => {
      const id = ids[at] ?? 0
      if (!own.has(id)) own.set(id, own.size)
    })
    out.number(own.size)
    for (const id of own.keys()) out.text(texts[id] ?? '')
    each(at => {
      out.number(own.get(ids[at] ?? 0) ?? 0)
    })
  }
  writePlaces(columns, each, out)
  writeTexts(columns.written, each, out, true)
  writeTexts(columns.rests, each, out, false)
  writeTexts(columns.bodies, each, out, false)
  return out.take()
}

type Each = (write: (at: number) => void) => void

function writeDeltas(values: readonly number[], each: Each, out: BlockWriter): void {
  let before = 0
  each(at => {
    const value = values[at] ?? 0
    out.signed(value - before)
    before = value
  })
}

/** Zero for a time that nobody knows; whole seconds where all of them are. */
function writeClocks({ locals, instants }: RecordColumns, each: Each, out: BlockWriter): void {
  let unit = 1000
  each(at => {
    for (const value of [locals[at], instants[at]])
      if (value !== undefined && !Number.isNaN(value) && value % 1000 !== 0) unit = 1
  })
  out.number(unit)
  let before = 0
  each(at => {
    const local = locals[at] ?? Number.NaN
    if (Number.isNaN(local)) out.number(0)
    else {
      out.number(zigzag((local - before) / unit) + 1)
      before = local
    }
  })
  each(at => {
    const instant = instants[at] ?? Number.NaN
    const local = locals[at] ?? Number.NaN
    out.number(Number.isNaN(instant) ? 0 : zigzag((instant - (Number.isNaN(local) ? 0 : local)) / unit) + 1)
  })
}

const zigzag = (value: number): number => (value < 0 ? -value * 2 - 1 : value * 2)
const unzigzag = (value: number): number => (value % 2 === 0 ? value / 2 : -(value + 1) / 2)

function writePlaces(
  { froms, tos, firstLines, lastLines }: RecordColumns,
  each: Each,
  out: BlockWriter,
): void {
  let before = 0
  each(at => {
    out.signed((froms[at] ?? 0) - before)
    before = tos[at] ?? 0
  })
  each(at => {
    out.signed((tos[at] ?? 0) - (froms[at] ?? 0))
  })
  before = 0
  each(at => {
    const line = firstLines[at] ?? -1
    out.number(line < 0 ? 0 : zigzag(line - before) + 1)
    if (line >= 0) before = line
  })
  each(at => {
    const line = lastLines[at] ?? -1
    out.number(line < 0 ? 0 : zigzag(line - Math.max(0, firstLines[at] ?? 0)) + 1)
  })
}

/** Lengths, then all texts as one; `shared` leaves out what a text begins with as the one before it does. */
function writeTexts(texts: readonly string[], each: Each, out: BlockWriter, shared: boolean): void {
  const parts: string[] = []
  let before = ''
  each(at => {
    const text = texts[at] ?? ''
    const same = shared ? sharedLength(before, text) : 0
    if (shared) out.number(same)
    out.number(text.length - same)
    parts.push(same === 0 ? text : text.slice(same))
    before = text
  })
  out.text(parts.join(''))
}

/** What `encodeSegment` wrote, column by column; `recordAt` makes a record of one of them. */
export type Segment = {
  readonly count: number
  readonly itemIds: readonly ItemId[]
  readonly ordinals: Float64Array
  /** NaN where nobody knows. */
  readonly locals: Float64Array
  readonly instants: Float64Array
  readonly shapes: readonly RecordShape[]
  readonly shapeOf: Uint32Array
  readonly senders: readonly string[]
  readonly senderOf: Uint32Array
  readonly bodies: readonly string[]
  readonly recordAt: (index: number) => StoredRecord
}

/**
 * Reads a segment. Throws `BrokenBlock` where it is none.
 *
 * @param items of the generation, which the records name by their numbers
 */
export function decodeSegment(bytes: Buffer, items: readonly ItemId[]): Segment {
  const reader = new BlockReader(bytes)
  const count = reader.count(10)
  const itemIds = Array.from({ length: count }, () => entryAt(items, reader.number()))
  const ordinals = readDeltas(reader, count)
  const { locals, instants } = readClocks(reader, count)
  const shapes = readDictionary(reader, count)
  const senders = readDictionary(reader, count)
  const templates = readDictionary(reader, count)
  const entries = readDictionary(reader, count)
  const places = readPlaces(reader, count)
  const written = readTexts(reader, count, true)
  const rests = readTexts(reader, count, false)
  const bodies = readTexts(reader, count, false)
  const parsed = shapes.texts.map(text => readJson(text) as RecordShape)
  const orNull = (value: number | undefined): number | null =>
    value === undefined || Number.isNaN(value) ? null : value
  return {
    count,
    itemIds,
    ordinals,
    locals,
    instants,
    shapes: parsed,
    shapeOf: shapes.of,
    senders: senders.texts,
    senderOf: senders.of,
    bodies,
    recordAt: index => {
      const sender = senders.texts[senders.of[index] ?? 0] ?? ''
      const body = bodies[index] ?? ''
      const sentAsWritten = written[index] ?? ''
      const entry = entries.texts[entries.of[index] ?? 0] ?? ''
      const rest = rests[index] ?? ''
      return {
        itemId: entryAt(itemIds, index),
        ordinal: ordinals[index] ?? 0,
        local: orNull(locals[index]),
        sentAt: orNull(instants[index]),
        shape: entryAt(parsed, shapes.of[index] ?? 0),
        sender,
        body,
        raw: fromTemplate(templates.texts[templates.of[index] ?? 0] ?? '', { sender, body, sentAsWritten }),
        sentAsWritten,
        place: {
          from: places.froms[index] ?? 0,
          to: places.tos[index] ?? 0,
          firstLine: orNull(places.firstLines[index]),
          lastLine: orNull(places.lastLines[index]),
          entry: entry === '' ? null : entry.slice(1),
        },
        rest: rest === '' ? {} : (readJson(rest) as RecordRest),
      }
    },
  }
}

function entryAt<Entry>(list: readonly Entry[], index: number): Entry {
  const found = list[index]
  if (found === undefined) throw new BrokenBlock('something is named that is not there')
  return found
}

function readJson(text: string): unknown {
  let value: unknown = null
  try {
    value = JSON.parse(text)
  } catch {
    // said below
  }
  if (typeof value !== 'object' || value === null)
    throw new BrokenBlock('what is known of a record is no JSON')
  return value
}

function readDeltas(reader: BlockReader, count: number): Float64Array {
  let before = 0
  return Float64Array.from({ length: count }, () => {
    before += reader.signed()
    return before
  })
}

/** The last moment that a date can be: 8.64e15 milliseconds from 1970. */
const lastMoment = 8.64e15

function readClocks(reader: BlockReader, count: number) {
  const unit = reader.number()
  if (unit !== 1 && unit !== 1000) throw new BrokenBlock('times of an unknown unit')
  const verify = (moment: number): number => {
    if (Math.abs(moment) > lastMoment) throw new BrokenBlock('a time that no calendar has')
    return moment
  }
  let before = 0
  const locals = Float64Array.from({ length: count }, () => {
    const value = reader.number()
    if (value === 0) return Number.NaN
    before = verify(before + unzigzag(value - 1) * unit)
    return before
  })
  const instants = Float64Array.from({ length: count }, (_, index) => {
    const value = reader.number()
    const local = locals[index] ?? Number.NaN
    return value === 0 ? Number.NaN : verify(unzigzag(value - 1) * unit + (Number.isNaN(local) ? 0 : local))
  })
  return { locals, instants }
}

function readDictionary(reader: BlockReader, count: number) {
  const texts = Array.from({ length: reader.count() }, () => reader.text())
  const of = Uint32Array.from({ length: count }, () => {
    const id = reader.number()
    if (id >= texts.length) throw new BrokenBlock('a text is named that is not there')
    return id
  })
  return { texts, of }
}

function readPlaces(reader: BlockReader, count: number) {
  let before = 0
  const froms = new Float64Array(count)
  const starts = Array.from({ length: count }, () => reader.signed())
  const lengths = Array.from({ length: count }, () => reader.signed())
  const tos = Float64Array.from({ length: count }, (_, index) => {
    froms[index] = before + (starts[index] ?? 0)
    before = (froms[index] ?? 0) + (lengths[index] ?? 0)
    return before
  })
  before = 0
  const firstLines = Float64Array.from({ length: count }, () => {
    const value = reader.number()
    if (value === 0) return Number.NaN
    before += unzigzag(value - 1)
    return before
  })
  const lastLines = Float64Array.from({ length: count }, (_, index) => {
    const value = reader.number()
    const first = firstLines[index] ?? Number.NaN
    return value === 0 ? Number.NaN : unzigzag(value - 1) + (Number.isNaN(first) ? 0 : first)
  })
  return { froms, tos, firstLines, lastLines }
}

function readTexts(reader: BlockReader, count: number, shared: boolean): readonly string[] {
  const same = new Uint32Array(count)
  const lengths = Array.from({ length: count }, (_, index) => {
    if (shared) same[index] = Math.min(reader.number(), 0xffff_ffff)
    return reader.number()
  })
  const whole = reader.text()
  let at = 0
  let before = ''
  return lengths.map((length, index) => {
    const begins = same[index] ?? 0
    if (begins > before.length || at + length > whole.length)
      throw new BrokenBlock('texts are shorter than they say')
    const own = whole.slice(at, at + length)
    at += length
    before = begins === 0 ? own : before.slice(0, begins) + own
    return before
  })
}
