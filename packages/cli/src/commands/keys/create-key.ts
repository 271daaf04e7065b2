import { hasCode, type Client } from '@tracellm/client'
import { projectIdOfName, TraceLLMError } from '@tracellm/core'
import type { ApiKeyInput, ApiKeyWithSecretJson } from '@tracellm/core/wire'
import { flagWords } from '../../advice/flag-words.ts'
import { closestWord } from '../../closest-word.ts'
import type { CommandContext } from '../../command-context.ts'
import { usage, type OptionValues } from '../../parse-argv.ts'
import { parseTime } from '../../parse-time.ts'
import { printJson } from '../../screen/print-json.ts'
import { createScreen } from '../../screen/screen.ts'
import { openClient, type AskTarget } from '../../stack/open-client.ts'
import type { keysOptions } from '../command-table.ts'
import { madeKeyScreen } from './key-screen.ts'

type KeysOptions = OptionValues<typeof keysOptions>
type KeyScope = NonNullable<ApiKeyInput['scopes']>[number]

const allScopes: readonly KeyScope[] = ['ingest', 'read', 'admin']
const usualScopes: readonly KeyScope[] = ['ingest', 'read']

/** The project that everything is of unless told otherwise: it is no mistyped name, and is made when it is new. */
const usualProject = 'default'

/** What key is wanted. */
interface KeyWish {
  readonly environment: string | undefined
  readonly scopes: KeyScope[]
  readonly expires_at: string | undefined
}

/** `tracellm keys create`: makes a key, and its project where that is wanted, and shows it once. */
export async function createKey(values: KeysOptions, target: AskTarget, context: CommandContext): Promise<number> {
  const wish = readWish(values, context.clock())
  const made =
    values.instance === true
      ? await makeInstanceKey(values, wish, target, context)
      : await makeProjectKey(values, wish, target, context)
  if (values.json === true) printJson(context.stdout, made)
  else {
    const screen = createScreen(context.stdout, context.env)
    screen.print(...madeKeyScreen(made, screen.glyphs))
  }
  return 0
}

function readWish(values: KeysOptions, nowUs: number): KeyWish {
  const scopes = (values.scopes ?? usualScopes).map((scope) => {
    const known = allScopes.find((one) => one === scope.trim())
    if (known === undefined) throw usage(`There is no scope ${scope}: a key may have ${allScopes.join(', ')}.`, 'keys')
    return known
  })
  const expires =
    values.expires === undefined
      ? undefined
      : parseTime(values.expires, { flag: 'expires', command: 'keys' }, { nowUs, direction: 'future' })
  return { environment: values.environment, scopes, expires_at: expires }
}

/** A key for a project that is there: a mistyped name would part its traces from the others unseen. */
async function makeProjectKey(
  values: KeysOptions,
  wish: KeyWish,
  target: AskTarget,
  context: CommandContext,
): Promise<ApiKeyWithSecretJson> {
  const { project = usualProject, 'create-project': isWanted = false } = values
  const projectId = projectIdOfName(project)
  if (projectId === undefined) throw usage(`"${project}" is no name of a project: it has no letter or digit.`, 'keys')
  const mayBeNew = isWanted || projectId === usualProject
  await using opened = await openClient(target, mayBeNew ? 'create' : 'write', context)
  const input = { ...wish, project_id: projectId }
  try {
    return await opened.client.createApiKey(input)
  } catch (error) {
    if (!hasCode(error, 'TL_PROJECT_NOT_FOUND')) throw error
    if (!mayBeNew) throw await noSuchProject(opened.client, projectId, values)
    return await makeProjectAndKey(opened.client, project, input)
  }
}

async function noSuchProject(client: Client, projectId: string, values: KeysOptions): Promise<TraceLLMError> {
  const { items } = await client.listProjects({ limit: 200 })
  const known = items.map((project) => project.project_id)
  const meant = closestWord(projectId, known)
  const again = flagWords(values, ['project', 'environment', 'scopes', 'expires', 'json']).join(' ')
  return new TraceLLMError(
    'TL_PROJECT_NOT_FOUND',
    `There is no project ${projectId}.${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
    {
      fix: `Make it with its key: \`tracellm keys create ${again} --create-project\`\nSee which there are: \`tracellm status\``,
    },
  )
}

/** A project comes with a key of the usual kind; where another one is wanted, that one is revoked. */
async function makeProjectAndKey(
  client: Client,
  name: string,
  input: KeyWish & { readonly project_id: string },
): Promise<ApiKeyWithSecretJson> {
  const { api_key: key } = await client.createProject({ name, environment: input.environment })
  const isUsual = input.expires_at === undefined && input.scopes.toSorted().join() === usualScopes.toSorted().join()
  if (isUsual) return key
  await client.revokeApiKey(key.key_id)
  return client.createApiKey(input)
}

async function makeInstanceKey(
  values: KeysOptions,
  wish: KeyWish,
  { home, url }: AskTarget,
  { clock }: CommandContext,
): Promise<ApiKeyWithSecretJson> {
  if (values.project !== undefined) throw usage('A key of the whole instance has no project.', 'keys')
  if (url !== undefined)
    throw usage('A key of the whole instance is made on the machine itself, not over an address.', 'keys')
  const { createInstanceKey } = await import('../../stack/instance-key.ts')
  return createInstanceKey(home, wish, clock)
}
