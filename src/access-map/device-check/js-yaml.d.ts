declare module 'js-yaml' {
  type Schema = { readonly compiledExplicit: unknown }
  /** Every scalar is a text; there are lists and maps, and nothing else. */
  export const FAILSAFE_SCHEMA: Schema
  /** Throws a YAMLException, with the place in `mark`, when the text is not YAML. */
  export function load(text: string, options?: { readonly schema?: Schema }): unknown
}
