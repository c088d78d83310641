import { expect, test } from 'vitest'
import { forgetCookie, readCookies, writeCookie } from './cookie.ts'

test('a cookie is out of reach of scripts and of other sites', () => {
  expect(writeCookie('session', 'abc', { behindTls: false })).toBe(
    'session=abc; Path=/; HttpOnly; SameSite=Strict',
  )
  expect(writeCookie('session', 'abc', { behindTls: true })).toBe(
    '__Host-session=abc; Path=/; HttpOnly; SameSite=Strict; Secure',
  )
  expect(forgetCookie('session', { behindTls: false })).toContain('Max-Age=0')
})

test('a name or value that would break out of the header is not written', () => {
  expect(() => writeCookie('session', 'a; Domain=x', { behindTls: false })).toThrow()
  expect(() => writeCookie('session', 'a\r\nx: y', { behindTls: false })).toThrow()
  expect(() => writeCookie('a=b', 'c', { behindTls: false })).toThrow()
})

test('behind TLS a cookie that another host could have planted does not count', () => {
  const header = 'session=planted; __Host-session=ours; __Host-session=second; odd'
  expect(readCookies(header, { behindTls: true })).toEqual(new Map([['session', 'ours']]))
  expect(readCookies('session=a', { behindTls: true }).size).toBe(0)
  expect(readCookies('session=a; x=b=c', { behindTls: false })).toEqual(
    new Map([
      ['session', 'a'],
      ['x', 'b=c'],
    ]),
  )
  expect(readCookies(undefined, { behindTls: false }).size).toBe(0)
})
