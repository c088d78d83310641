/**
 * Why a database, or the disk that evidence is kept on, takes nothing at this moment, through no fault of what was sent:
 * it is away or silent; it is only read from; it is full; or others hold what was needed for too long.
 */
export type DatabaseTrouble = 'away' | 'read-only' | 'full' | 'busy'

// PostgreSQL documentation, appendix A: a class, or a code; and the names Node gives what a socket or a disk said
const codes: ReadonlyMap<string, DatabaseTrouble> = new Map([
  ['57P01', 'away'], // admin_shutdown
  ['57P02', 'away'], // crash_shutdown
  ['57P03', 'away'], // cannot_connect_now
  ['57P05', 'away'], // idle_session_timeout
  ['25P03', 'away'], // idle_in_transaction_session_timeout
  ['53300', 'away'], // too_many_connections
  ['25006', 'read-only'], // read_only_sql_transaction
  ['53100', 'full'], // disk_full
  ['53200', 'full'], // out_of_memory
  ['53400', 'full'], // configuration_limit_exceeded
  ['58030', 'full'], // io_error
  ['55P03', 'busy'], // lock_not_available
  ['57014', 'busy'], // query_canceled
  ['40001', 'busy'], // serialization_failure
  ['40P01', 'busy'], // deadlock_detected
  ['ECONNREFUSED', 'away'],
  ['ECONNRESET', 'away'],
  ['EPIPE', 'away'],
  ['ETIMEDOUT', 'away'],
  ['EHOSTUNREACH', 'away'],
  ['EHOSTDOWN', 'away'],
  ['ENETUNREACH', 'away'],
  ['ENETDOWN', 'away'],
  ['EAI_AGAIN', 'away'],
  // faults of our own
  ['database-silent', 'away'],
  ['database-away', 'away'],
  ['database-not-started', 'away'],
  ['clinic-starting', 'away'],
  ['disk-full', 'full'],
  ['blobs-not-writable', 'read-only'],
])

/** What the driver says without a code. */
const words =
  /^(Connection terminated|Client has encountered a connection error|Client was closed and is not queryable|timeout exceeded when trying|timeout expired|Query read timeout)/

/** The trouble that a fault tells of, or that lies behind it; null when it tells of something else. */
export function findTrouble(fault: unknown): DatabaseTrouble | null {
  let cause = fault
  for (let depth = 0; depth < 6 && typeof cause === 'object' && cause !== null; depth += 1) {
    const found = troubleOf(cause)
    if (found) return found
    cause = (cause as { readonly cause?: unknown }).cause
  }
  return null
}

function troubleOf(fault: object): DatabaseTrouble | null {
  const { code, message, errors } = fault as {
    readonly code?: unknown
    readonly message?: unknown
    readonly errors?: unknown
  }
  if (typeof code === 'string') {
    // 08P01 is what a pooler says that does not know a setting: waiting would not help
    if (code.startsWith('08') && code !== '08P01') return 'away'
    const known = codes.get(code)
    if (known) return known
    // A server that was stopped in order takes its socket along.
    if (code === 'ENOENT' && (fault as { readonly syscall?: unknown }).syscall === 'connect') return 'away'
  } else if (typeof message === 'string' && words.test(message)) return 'away'
  // Node gathers what each address of a host said
  return Array.isArray(errors) ? findTrouble(errors[0]) : null
}

/** True when a fault says no more than that the database is not there at this moment. */
export function saysDatabaseIsAway(fault: unknown): boolean {
  return findTrouble(fault) === 'away'
}

/** The code of a fault, or of what lies behind it, for a line of the log. */
export function codeOfTrouble(fault: unknown): string {
  let cause = fault
  let found = 'no answer'
  for (let depth = 0; depth < 6 && typeof cause === 'object' && cause !== null; depth += 1) {
    const { code } = cause as { readonly code?: unknown }
    if (typeof code === 'string') found = code
    cause = (cause as { readonly cause?: unknown }).cause
  }
  return found
}

/** What the matter is, for the person who looks after the machine. */
export function sayTrouble(trouble: DatabaseTrouble): string {
  switch (trouble) {
    case 'away':
      return 'The database does not answer'
    case 'read-only':
      return 'The database takes nothing in: it is only read from'
    case 'full':
      return 'The database takes nothing in: its disk or its memory is full'
    case 'busy':
      return 'Others hold what is needed in the database for too long'
  }
}
