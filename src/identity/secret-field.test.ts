import { expect, test } from 'vitest'
import { readSourceFiles } from '../../test/source-files.ts'
import { againFields } from './prove-again.ts'
import { isSecretField, secretFieldNames } from './secret-field.ts'

const writers = /\b(passwordInput|secretWordsInputView|input)\(\{/g
const isSecretInput = (kind: string, options: string): boolean =>
  kind !== 'input' || /one-time-code|(?:current|new)-password|Code from|type: 'password'/.test(options)

/** The options of a call, from its brace to the one that closes it. */
function optionsAt(text: string, start: number): string {
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1
    if (text[at] === '}') depth -= 1
    if (depth === 0) return text.slice(start, at)
  }
  return text.slice(start)
}

/** The name of a field as its page writes it; null when this test cannot read it, which is a mistake. */
function nameIn(options: string): string | null {
  const written = /\bname: '([^']+)'/.exec(options)?.[1]
  if (written !== undefined) return written
  const again = /\bname: againFields\.(password|code)\b/.exec(options)?.[1]
  return again === 'password' || again === 'code' ? againFields[again] : null
}

test('every field in which a page asks for a password, a code or words to sign in with is on the one list', () => {
  const found: { file: string; name: string | null }[] = []
  for (const { path, room, text } of readSourceFiles()) {
    if (room === 'web' || path.endsWith('/unserved-view.ts') || path.endsWith('/secret-words-input.ts'))
      continue
    for (const call of text.matchAll(writers)) {
      const options = optionsAt(text, call.index + call[0].length - 1)
      if (isSecretInput(call[1] ?? '', options)) found.push({ file: path, name: nameIn(options) })
    }
    expect(text, path).not.toMatch(/<input[^>]*(?:type="password"|autocomplete="one-time-code")/)
  }
  const listed: readonly (string | null)[] = secretFieldNames
  for (const { file, name } of found) expect(listed, `${file}: ${name}`).toContain(name)
  // and nothing is on it that no page asks for
  expect(new Set(found.map(each => each.name))).toEqual(new Set(listed))
})

test('a name that sounds like a secret is taken for one; what somebody tells is none', () => {
  for (const name of [...secretFieldNames, 'newPassword', 'phrase', 'reset-code', 'one-time', 'otp'])
    expect(isSecretField('/any', name), name).toBe(true)
  expect(isSecretField('/my/words', 'words')).toBe(true)
  expect(isSecretField('/refer/form', 'words')).toBe(false)
  for (const name of ['codeWords', 'codes', 'postcode', 'council'])
    expect(isSecretField('/calls/new', name), name).toBe(false)
})
