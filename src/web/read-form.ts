import type { z } from 'zod'
import type { FormProblem } from '../foundation/decision.ts'
import type { FormFields } from './request.ts'

export type FormResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly FormProblem[] }

/**
 * What a person typed, as a rule may take it: line ends are one kind, and control characters that nobody can
 * type or see are gone. Everything else stays, whatever its script or direction.
 */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '')
}

type Definition = {
  readonly type: string
  readonly innerType?: z.core.$ZodType
  readonly in?: z.core.$ZodType
}

function takesMany(schema: z.core.$ZodType): boolean {
  const definition: Definition = schema._zod.def
  if (definition.innerType) return takesMany(definition.innerType)
  if (definition.in) return takesMany(definition.in)
  return definition.type === 'array'
}

/**
 * Reads a form through its schema: one key a field, an array where a field may have several values. A field that
 * was not sent reads as an empty text or an empty list. Answers the value, or every problem in the order of the
 * schema, the first for each field.
 */
export function readForm<Shape extends z.core.$ZodLooseShape>(
  schema: z.ZodObject<Shape>,
  form: FormFields,
): FormResult<z.output<z.ZodObject<Shape>>> {
  const names = Object.keys(schema.shape)
  const typed: Record<string, unknown> = {}
  for (const name of names) {
    const values = (form.get(name) ?? []).map(cleanText)
    const field = schema.shape[name]
    typed[name] = field && takesMany(field) ? values : (values[0] ?? '')
  }
  const parsed = schema.safeParse(typed)
  if (parsed.success) return { ok: true, value: parsed.data }
  const first = new Map<string, string>()
  for (const issue of parsed.error.issues) {
    const field = String(issue.path[0] ?? '')
    if (!first.has(field)) first.set(field, issue.message)
  }
  const place = (field: string): number => (names.includes(field) ? names.indexOf(field) : names.length)
  const problems = [...first].map(([field, message]) => ({ field, message }))
  return { ok: false, problems: problems.sort((one, other) => place(one.field) - place(other.field)) }
}
