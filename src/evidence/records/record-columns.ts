import type { ItemId } from '../../foundation/ids.ts'
import { templateOf } from './raw-template.ts'
import type { StoredRecord, TimelineKey } from './stored-record.ts'

/** Texts that many records share, each kept once. */
export type Dictionary = {
  readonly ids: number[]
  readonly texts: string[]
  readonly known: Map<string, number>
}

const newDictionary = (): Dictionary => ({ ids: [], texts: [], known: new Map() })

function put(dictionary: Dictionary, text: string): void {
  let id = dictionary.known.get(text)
  if (id === undefined) {
    id = dictionary.texts.length
    dictionary.texts.push(text)
    dictionary.known.set(text, id)
  }
  dictionary.ids.push(id)
}

/** Records held in memory, a list for each thing that is known of them: a tenth of what they take one by one. */
export class RecordColumns {
  readonly itemIds: ItemId[]
  readonly items: number[] = []
  readonly ordinals: number[] = []
  /** NaN where nobody knows. */
  readonly locals: number[] = []
  readonly instants: number[] = []
  readonly froms: number[] = []
  readonly tos: number[] = []
  /** Below zero where there are no lines. */
  readonly firstLines: number[] = []
  readonly lastLines: number[] = []
  readonly shapes = newDictionary()
  readonly senders = newDictionary()
  readonly templates = newDictionary()
  readonly entries = newDictionary()
  readonly written: string[] = []
  readonly rests: string[] = []
  readonly bodies: string[] = []
  readonly #items = new Map<ItemId, number>()
  readonly #shapes = new Map<StoredRecord['shape'], string>()
  #characters = 0

  /** @param itemIds items that have their numbers already, each by its place */
  constructor(itemIds: readonly ItemId[] = []) {
    this.itemIds = [...itemIds]
    for (const [number, itemId] of itemIds.entries()) this.#items.set(itemId, number)
  }

  get length(): number {
    return this.ordinals.length
  }

  /** Characters of text held. */
  get characters(): number {
    return this.#characters
  }

  add(record: StoredRecord): void {
    let item = this.#items.get(record.itemId)
    if (item === undefined) {
      item = this.itemIds.length
      this.itemIds.push(record.itemId)
      this.#items.set(record.itemId, item)
    }
    this.items.push(item)
    this.ordinals.push(record.ordinal)
    this.locals.push(record.local ?? Number.NaN)
    this.instants.push(record.sentAt ?? Number.NaN)
    this.froms.push(record.place.from)
    this.tos.push(record.place.to)
    this.firstLines.push(record.place.firstLine ?? -1)
    this.lastLines.push(record.place.lastLine ?? -1)
    put(this.shapes, this.#textOfShape(record.shape))
    put(this.senders, record.sender)
    const template = templateOf(record.raw, record)
    put(this.templates, template)
    put(this.entries, record.place.entry === null ? '' : `=${record.place.entry}`)
    this.written.push(record.sentAsWritten)
    const rest = Object.keys(record.rest).length === 0 ? '' : JSON.stringify(record.rest)
    this.rests.push(rest)
    this.bodies.push(record.body)
    this.#characters += record.body.length + record.sentAsWritten.length + rest.length + template.length
  }

  /** Where a record stands on the timeline. */
  keyAt(index: number): TimelineKey {
    const local = this.locals[index] ?? Number.NaN
    return {
      local: Number.isNaN(local) ? null : local,
      itemId: this.#itemOf(index),
      ordinal: this.ordinals[index] ?? 0,
    }
  }

  /** The records in the order of the timeline, by their numbers here. */
  sorted(): Uint32Array {
    const order = Uint32Array.from({ length: this.length }, (_, index) => index)
    const compare = (one: number, other: number): number => {
      const local = this.#localOf(one) - this.#localOf(other)
      if (local !== 0 && !Number.isNaN(local)) return local
      if (this.items[one] !== this.items[other]) return this.#itemOf(one) < this.#itemOf(other) ? -1 : 1
      return (this.ordinals[one] ?? 0) - (this.ordinals[other] ?? 0)
    }
    let isSorted = true
    for (let index = 1; index < order.length && isSorted; index += 1)
      isSorted = compare(index - 1, index) <= 0
    return isSorted ? order : order.sort(compare)
  }

  #localOf(index: number): number {
    const local = this.locals[index] ?? Number.NaN
    return Number.isNaN(local) ? Number.POSITIVE_INFINITY : local
  }

  #itemOf(index: number): string {
    return this.itemIds[this.items[index] ?? 0] ?? ''
  }

  #textOfShape(shape: StoredRecord['shape']): string {
    const known = this.#shapes.get(shape)
    if (known !== undefined) return known
    const text = JSON.stringify(shape)
    if (this.#shapes.size < 1000) this.#shapes.set(shape, text)
    return text
  }
}
