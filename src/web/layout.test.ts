import { expect, test } from 'vitest'
import { readOnce, startForm } from './form.ts'
import { html } from './html.ts'
import { layoutPage } from './layout.ts'

const staff = {
  kind: 'staff',
  title: 'Queue',
  serviceName: 'Service',
  signedInAs: 'Ola <b>',
  signOut: { action: '/sign-out', csrfToken: 'token' },
  navigation: [{ text: 'Queue', href: '/queue', current: true }],
  body: html`<h1>Queue</h1>`,
} as const
const everyone = { kind: 'public', title: 'Questions', body: html`<h1>Questions</h1>` } as const

test('rule S3: every public page has the exit control twice, and it works as a plain link', () => {
  const { markup } = layoutPage(everyone)
  expect(markup.match(/href="\/leave"/g)).toHaveLength(2)
  expect(markup).toContain('govuk-exit-this-page__button')
  expect(markup).toContain('govuk-js-exit-this-page-skiplink')
})

test('rule S2: a public page has the title it was given and no other', () => {
  expect(layoutPage({ ...everyone, serviceName: 'Service' }).markup).toContain('<title>Questions</title>')
  expect(layoutPage(staff).markup).toContain('<title>Queue – Service</title>')
})

test('nothing in a page is inline, so that the content security policy can refuse everything inline', () => {
  for (const { markup } of [layoutPage(staff), layoutPage(everyone)]) {
    expect(markup).not.toMatch(/<style|style=|\son\w+=|<script(?![^>]*src=)/)
    expect(markup).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
  }
})

test('a page says its language, its main part and how to skip to it', () => {
  const { markup } = layoutPage(staff)
  expect(markup).toContain('<html lang="en-GB" class="govuk-template">')
  expect(markup).toContain('<main class="govuk-main-wrapper" id="main-content">')
  expect(markup).toContain('href="#main-content"')
})

test('staff sign out by a form with its token, and their names are text', () => {
  const { markup } = layoutPage(staff)
  expect(markup).toContain('<form action="/sign-out" method="post"')
  expect(markup).toContain('name="_csrf" value="token"')
  expect(markup).toContain('Ola &lt;b&gt;')
})

test('a form carries its token and a value of its own ahead of what was typed', () => {
  const once = (markup: string): string => /name="_once" value="([^"]+)"/.exec(markup)?.[1] ?? ''
  const one = startForm({ action: '/a', csrfToken: 't' }, html`<input name="story">`).markup
  const two = startForm({ action: '/a', csrfToken: 't' }).markup
  expect(once(one)).not.toBe(once(two))
  expect(one.indexOf('_once')).toBeLessThan(one.indexOf('story'))
  expect(startForm({ action: '/a', csrfToken: 't', once: once(one) }).markup).toContain(once(one))
  expect(readOnce(new Map([['_once', [once(one)]]]))).toBe(once(one))
  expect(readOnce(new Map([['_once', ['anything else']]]))).toBeNull()
  expect(startForm({ action: '/a', csrfToken: 't', upload: true }).markup).toContain('multipart/form-data')
})
