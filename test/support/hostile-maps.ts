/** Texts that somebody might hand in as a map, made to stop, fill or fool its reader. `count` says how large. */
export function makeHostileMaps(count: number): Readonly<Record<string, string>> {
  const repeat = (write: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => write(index)).join(',')
  const nested = (open: string, inner: string, close: string): string =>
    open.repeat(count) + inner + close.repeat(count)
  return {
    nothing: '',
    'a half': '{"nodes":[{"id":"a',
    'nested lists that never end': '['.repeat(count),
    'nested lists': `{"nodes":${nested('[', '', ']')}}`,
    'nested objects in a field that is not known': `{"nodes":[],"x":${nested('{"x":', '1', '}')}}`,
    'nested objects in which a field stands twice': `{"nodes":[],"x":${nested('{"x":1,"x":', '1', '}')}}`,
    'fields that are not known': `{"nodes":[],${repeat(index => `"field ${index}":1`)}}`,
    'one field that is not known, in every node': `{"nodes":[${repeat(index => `{"id":"${index}","x":1}`)}]}`,
    'one field, again and again': `{"nodes":[],${repeat(() => '"keep":[]')}}`,
    'a field with a long name': `{"nodes":[],"${'n'.repeat(count)}":1}`,
    'a field with a name that is almost right, and long': `{"nodes":[],"nodes${'s'.repeat(count)}":1}`,
    'a field whose name is all backslashes': `{"nodes":[],"${'\\\\'.repeat(count)}":1}`,
    'a field whose name is all quotation marks': `{"nodes":[],"${'\\"'.repeat(count)}":1,"${'\\"'.repeat(count)}":1}`,
    'the prototype of every object': '{"nodes":[],"__proto__":{"steps":[{"id":"s","alerts":true}]}}',
    'the prototype of a step': '{"nodes":[],"steps":[{"id":"s","__proto__":{"alerts":true}}]}',
    'the prototype of a step, twice': '{"nodes":[],"steps":[{"id":"s","__proto__":1,"__proto__":2}]}',
    'names that every object has': '{"nodes":[],"constructor":1,"toString":2,"hasOwnProperty":3,"valueOf":4}',
    'a number beyond all numbers':
      '{"nodes":[],"steps":[{"id":"s","cost":{"effort":1e999}}],"weights":{"risk":-1e999}}',
    'a number with a million digits': `{"nodes":[],"steps":[{"id":"s","cost":{"effort":0.${'1'.repeat(count)}}}]}`,
    'a number that loses its last digit': '{"nodes":[],"evidence":[{"id":"e","weight":9007199254740993}]}',
    'numbers that come to one beyond all numbers':
      '{"nodes":[],"steps":[{"id":"s","cost":{"effort":100000}}],"weights":{"effort":1e308}}',
    'halves of characters': '{"nodes":[{"id":"\\ud800"},{"id":"\\udfff"}],"keep":["\\ud800"]}',
    'an id that commands a terminal': '{"nodes":[{"id":"\\u001b[2J"}],"keep":["\\u001b]0;x\\u0007"]}',
    'an id that turns what follows round': '{"nodes":[],"keep":["\\u202egnp.exe"]}',
    'one id again and again': `{"nodes":[${repeat(() => '{"id":"a"}')}]}`,
    'names of nothing': `{"nodes":[{"id":"a"}],"rules":[{"to":"a","from":[${repeat(index => `"${index}"`)}]}]}`,
    'steps that need one another': `{"nodes":[],"steps":[${repeat(index => `{"id":"s${index}","requires":[[]],"after":["s${index}","s${index + 1}"]}`)}]}`,
    'nothing where things should be': `{"nodes":[${repeat(() => 'null')}]}`,
    'a list for every text':
      '{"nodes":[{"id":["a"],"kind":[],"label":{}}],"rules":[{"to":[],"from":"a","who":["suspect"]}]}',
    'a map in a list': '[{"nodes":[]}]',
    'a map behind a mark of its bytes': '\ufeff{"nodes":[]}',
    'two maps': '{"nodes":[]}{"nodes":[]}',
    'a map with remarks': '{"nodes":[] /* none */}',
  }
}
