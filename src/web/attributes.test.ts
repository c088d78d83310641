import { expect, test } from 'vitest'
import { writeAttributes } from './attributes.ts'
import { escapeText, html } from './html.ts'

test('a value is escaped, true is a bare name, and nothing is nothing', () => {
  const written = writeAttributes({ title: `"'<&`, hidden: true, open: false, id: undefined, rows: 5 })
  expect(written.markup).toBe(' title="&quot;&#39;&lt;&amp;" hidden rows="5"')
})

test.each(['onclick', 'ONLOAD', 'style', 'a b', 'x"', '', 'a>'])(
  'the attribute "%s" is never written',
  name => {
    expect(() => writeAttributes({ [name]: 'x' })).toThrow('attribute not allowed')
  },
)

test('what stands in a page is escaped unless it is markup already', () => {
  expect(html`<p>${'<b>'}${html`<i>${'&'}</i>`}${[1, 'x', null, false]}</p>`.markup).toBe(
    '<p>&lt;b&gt;<i>&amp;</i>1x</p>',
  )
  expect(escapeText(`&<>"'`)).toBe('&amp;&lt;&gt;&quot;&#39;')
})
