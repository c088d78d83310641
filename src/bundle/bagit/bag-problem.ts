/** One thing wrong with a bag. An error means that it is not a sound bag; a warning that a person should look. */
export type BagProblem = {
  readonly severity: 'error' | 'warning'
  readonly code: BagProblemCode
  /** The file, and the line where there is one: "manifest-md5.txt, line 3". */
  readonly place: string
  readonly message: string
}

export type BagProblemCode =
  | 'declaration-missing'
  | 'declaration-wrong'
  | 'declaration-loose'
  | 'encoding-unknown'
  | 'tag-file-unreadable'
  | 'payload-folder-missing'
  | 'payload-manifest-missing'
  | 'algorithm-unknown'
  | 'line-unreadable'
  | 'unsafe-path'
  | 'outside-payload'
  | 'listed-twice'
  | 'listed-twice-differently'
  | 'differs-by-case-or-form'
  | 'leading-dot-slash'
  | 'made-by-md5sum'
  | 'system-file-missing'
  | 'file-missing'
  | 'not-fetched'
  | 'file-not-listed'
  | 'digest-differs'
  | 'size-differs'
  | 'oxum-unreadable'
  | 'file-unreadable'
  | 'not-a-file'
  | 'name-used-twice'
