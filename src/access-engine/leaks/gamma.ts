/** The logarithm of the gamma function, for numbers above nothing (Lanczos 1964): to about fourteen digits. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const parts = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ]
  const sum = parts.reduce((before, part, at) => before + part / (x + at), 0.9999999999998099)
  const t = x + 6.5
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum)
}

/** The slope of that logarithm (digamma), for numbers above nothing: by its recurrence and its series. */
export function slopeOfLogGamma(x: number): number {
  let before = 0
  let at = x
  for (; at < 8; at += 1) before -= 1 / at
  const square = 1 / (at * at)
  return before + Math.log(at) - 0.5 / at - square * (1 / 12 - square * (1 / 120 - square / 252))
}

/** The mean of u to any power above −b, where u follows Beta(b, a): the chance of that much silence. */
export function silenceOf(a: number, b: number, times: number): number {
  return Math.exp(logGamma(b + times) + logGamma(a + b) - logGamma(b) - logGamma(a + b + times))
}
