/** Points between 0 and 1, and their weights, which add up to 1. */
export type Quadrature = { readonly points: Float64Array; readonly weights: Float64Array }

/**
 * Gauss–Jacobi quadrature: the mean of a function of u, as a weighted sum over a few points, where u follows the
 * Beta(α, β) distribution. With n points it is exact for every polynomial of degree up to 2n − 1. The points are the
 * eigenvalues of a small matrix, the weights come from its eigenvectors (Golub and Welsch 1969).
 */
export function makeQuadrature(alpha: number, beta: number, count: number): Quadrature {
  // The Jacobi polynomials are on [−1, 1] with weight (1 − x)^p (1 + x)^q, where u = (1 + x) / 2.
  const p = beta - 1
  const q = alpha - 1
  const diagonal = new Float64Array(count)
  const beside = new Float64Array(count)
  for (let n = 0; n < count; n += 1) {
    const s = 2 * n + p + q
    diagonal[n] = n === 0 ? (q - p) / (p + q + 2) : (q * q - p * p) / (s * (s + 2))
    if (n === 0) continue
    const square =
      n === 1
        ? (4 * (1 + p) * (1 + q)) / ((2 + p + q) ** 2 * (3 + p + q))
        : (4 * n * (n + p) * (n + q) * (n + p + q)) / (s * s * (s + 1) * (s - 1))
    beside[n - 1] = Math.sqrt(square)
  }
  const first = new Float64Array(count)
  first[0] = 1
  diagonalise(diagonal, beside, first)
  return { points: diagonal.map(x => Math.min(1, Math.max(0, (1 + x) / 2))), weights: first.map(z => z * z) }
}

/** Finds the eigenvalues of the matrix in place (the QL method with shifts), and the first row of its eigenvectors. */
function diagonalise(d: Float64Array, e: Float64Array, z: Float64Array): void {
  const size = d.length
  const at = (array: Float64Array, index: number): number => array[index] as number
  for (let low = 0; low < size; low += 1) {
    for (let round = 0; round < 200; round += 1) {
      let high = low
      while (high < size - 1) {
        const near = Math.abs(at(d, high)) + Math.abs(at(d, high + 1))
        if (Math.abs(at(e, high)) <= Number.EPSILON * near) break
        high += 1
      }
      if (high === low) break
      let g = (at(d, low + 1) - at(d, low)) / (2 * at(e, low))
      let r = Math.hypot(g, 1)
      g = at(d, high) - at(d, low) + at(e, low) / (g + (g >= 0 ? r : -r))
      let s = 1
      let c = 1
      let shift = 0
      let index = high - 1
      for (; index >= low; index -= 1) {
        let f = s * at(e, index)
        const b = c * at(e, index)
        r = Math.hypot(f, g)
        e[index + 1] = r
        if (r === 0) {
          d[index + 1] = at(d, index + 1) - shift
          e[high] = 0
          break
        }
        s = f / r
        c = g / r
        g = at(d, index + 1) - shift
        r = (at(d, index) - g) * s + 2 * c * b
        shift = s * r
        d[index + 1] = g + shift
        g = c * r - b
        f = at(z, index + 1)
        z[index + 1] = s * at(z, index) + c * f
        z[index] = c * at(z, index) - s * f
      }
      if (r === 0 && index >= low) continue
      d[low] = at(d, low) - shift
      e[low] = g
      e[high] = 0
    }
  }
}
