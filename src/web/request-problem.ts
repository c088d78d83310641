/** What can be wrong with a request before any page has seen it. */
export type ProblemStatus = 400 | 403 | 404 | 405 | 408 | 413 | 415 | 500 | 503

/** A request that cannot be answered with a page: thrown before the page runs, shown as a problem page. */
export class RequestProblem extends Error {
  readonly status: ProblemStatus

  constructor(status: ProblemStatus, message: string) {
    super(message)
    this.name = 'RequestProblem'
    this.status = status
  }
}
