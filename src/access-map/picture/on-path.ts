/** Everything from which some information follows, found backwards from the information. */
export function findOnPath(
  infos: readonly string[],
  used: readonly { readonly to: string; readonly from: readonly string[] }[],
): ReadonlySet<string> {
  const giving = new Map<string, (readonly string[])[]>()
  for (const rule of used) {
    const bodies = giving.get(rule.to)
    if (bodies) bodies.push(rule.from)
    else giving.set(rule.to, [rule.from])
  }
  const found = new Set(infos)
  for (const node of found)
    for (const body of giving.get(node) ?? []) for (const each of body) found.add(each)
  return found
}
