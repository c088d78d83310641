import type { RequestFacts } from './server.ts'

/** The latest moment, in seconds, that each step of the histogram counts. */
const steps: readonly number[] = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

const knownMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST'])

export type RequestMetrics = {
  readonly count: (facts: RequestFacts) => void
  /** Lines in the text format of Prometheus. */
  readonly write: () => readonly string[]
}

/** Counts requests by the pattern of their route, never by an address that was asked for: that may name a case (S11). */
export function makeRequestMetrics(): RequestMetrics {
  const answered = new Map<string, number>()
  const took = new Map<string, { readonly within: number[]; sum: number; count: number }>()
  return {
    count: ({ method, route, status, milliseconds }) => {
      const labels = `method="${knownMethods.has(method) ? method : 'other'}",route="${escaped(route)}"`
      const key = `${labels},status="${status}"`
      answered.set(key, (answered.get(key) ?? 0) + 1)
      const seconds = milliseconds / 1000
      const known = took.get(labels) ?? { within: steps.map(() => 0), sum: 0, count: 0 }
      took.set(labels, known)
      for (const [at, step] of steps.entries())
        if (seconds <= step) known.within[at] = (known.within[at] ?? 0) + 1
      known.sum += seconds
      known.count += 1
    },
    write: () => [
      '# HELP unwatched_requests_total Requests answered, by the pattern of their route.',
      '# TYPE unwatched_requests_total counter',
      ...[...answered].map(([labels, count]) => `unwatched_requests_total{${labels}} ${count}`),
      '# HELP unwatched_request_seconds How long the answers took.',
      '# TYPE unwatched_request_seconds histogram',
      ...[...took].flatMap(([labels, { within, sum, count }]) => [
        ...steps.map(
          (step, at) => `unwatched_request_seconds_bucket{${labels},le="${step}"} ${within[at] ?? 0}`,
        ),
        `unwatched_request_seconds_bucket{${labels},le="+Inf"} ${count}`,
        `unwatched_request_seconds_sum{${labels}} ${Number(sum.toFixed(3))}`,
        `unwatched_request_seconds_count{${labels}} ${count}`,
      ]),
    ],
  }
}

// Prometheus, "Exposition formats": what a label's value must not hold as it is
function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
