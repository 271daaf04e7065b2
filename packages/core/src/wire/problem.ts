import { z } from 'zod'

/** An error, as `application/problem+json`. Source: RFC 9457. */
export const problemJson = z
  .looseObject({
    type: z.string().meta({ description: 'Where the code is explained.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().meta({ description: 'TL_…' }),
    fix: z.string().optional(),
    errors: z
      .array(z.object({ path: z.string(), detail: z.string() }))
      .optional()
      .meta({ description: 'Which field is wrong, and how.' }),
    project_ids: z.array(z.string()).optional(),
  })
  .meta({ id: 'Problem' })
export type ProblemJson = z.infer<typeof problemJson>
