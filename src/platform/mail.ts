import nodemailer from 'nodemailer'
import type { MailSettings } from './smtp-settings.ts'

export type Mail = {
  readonly to: string
  readonly senderName: string
  readonly subject: string
  readonly text: string
}

/**
 * What became of a mail: taken over by the server; certain not to have left; or not known, when the connection broke
 * after the server had begun to take it. `code` is the server's answer or the kind of fault, and names nobody.
 */
export type MailOutcome =
  | { readonly kind: 'taken' }
  | { readonly kind: 'did-not-leave'; readonly code: string; readonly isFinal: boolean }
  | { readonly kind: 'not-known'; readonly code: string }

/** How long the mail server is waited for, in milliseconds: to be reached, for each answer, and in all. */
export type MailPatience = { readonly reach: number; readonly answer: number; readonly inAll: number }

const usualPatience: MailPatience = { reach: 10_000, answer: 20_000, inAll: 60_000 }

/**
 * Sends one plain mail by SMTP: no HTML, no link, no attachment, nothing read from disk or fetched. To the server it is a
 * machine of the sender's own domain: the name of this one would stand in the headers of what arrives (S2).
 */
// RFC 5321, section 4.2.5: a message is the server's once it has answered 250 to the end of its data
export async function sendMail(
  settings: MailSettings,
  mail: Mail,
  patience: MailPatience = usualPatience,
): Promise<MailOutcome> {
  let hasBegun = false
  const listen = (entry: unknown, words: unknown): void => {
    const who = typeof entry === 'object' && entry !== null && 'tnx' in entry ? entry.tnx : ''
    // The server asks for the data with 354; before that nothing of the message has been handed over.
    if (who === 'server' && typeof words === 'string' && /^354\b/.test(words.trim())) hasBegun = true
  }
  const silent = (): void => {}
  const logger = {
    level: silent,
    trace: silent,
    debug: listen,
    info: silent,
    warn: silent,
    error: silent,
    fatal: silent,
  }
  const transport = nodemailer.createTransport({
    host: settings.host,
    port: settings.port,
    secure: settings.implicitTls,
    requireTLS: !settings.implicitTls && settings.demandTls,
    ...(settings.user === null ? {} : { auth: { user: settings.user, pass: settings.password ?? '' } }),
    name: settings.from.slice(settings.from.lastIndexOf('@') + 1),
    connectionTimeout: patience.reach,
    greetingTimeout: patience.reach,
    dnsTimeout: patience.reach,
    socketTimeout: patience.answer,
    transactionLog: true,
    logger,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    const message = {
      from: { name: mail.senderName, address: settings.from },
      to: { name: '', address: mail.to },
      subject: mail.subject,
      text: mail.text,
      // Says nothing of the machine or the program that sent it.
      xMailer: false as const,
      headers: { 'Auto-Submitted': 'auto-generated' },
      // A server that answers a little, again and again, would otherwise be listened to for ever.
      signal: AbortSignal.timeout(patience.inAll),
    }
    await transport.sendMail(message)
    return { kind: 'taken' }
  } catch (cause) {
    const fault = cause as { readonly code?: unknown; readonly responseCode?: unknown }
    const answer = typeof fault.responseCode === 'number' ? fault.responseCode : null
    const code =
      answer === null ? (typeof fault.code === 'string' ? fault.code.toLowerCase() : 'fault') : String(answer)
    // The server said no: it does not keep what it refused. RFC 5321, section 4.2.1.
    if (answer !== null && answer >= 400) return { kind: 'did-not-leave', code, isFinal: answer >= 500 }
    if (!hasBegun) return { kind: 'did-not-leave', code, isFinal: false }
    return { kind: 'not-known', code }
  } finally {
    transport.close()
  }
}
