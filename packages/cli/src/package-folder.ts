import { join } from 'node:path'

/** The folder of this package. This file lies in `src`, or is part of a file in `dist`: one below it either way. */
export const packageFolder = join(import.meta.dirname, '..')
