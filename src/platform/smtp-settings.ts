/** Where mail goes out, as the operator set it. */
export type MailSettings = {
  readonly host: string
  readonly port: number
  /** TLS from the first byte; otherwise STARTTLS, which is demanded unless the server is this machine. */
  readonly implicitTls: boolean
  readonly demandTls: boolean
  readonly user: string | null
  readonly password: string | null
  /** The sender's address. Its name is neutral and is given with each message. */
  readonly from: string
}
