import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

/** Where a program finds the models, and where its traces go. */
export interface ClientSurroundings {
  readonly openaiUrl: string
  readonly groqUrl: string
  readonly anthropicUrl: string
  readonly tracellmUrl: string
  readonly apiKey: string
}

const patienceMs = 60_000

/** Runs the program of a client's folder to its end. @throws Error when it fails, with what it printed. */
export async function runClient(folder: string, surroundings: ClientSurroundings): Promise<void> {
  const program = spawn(process.execPath, [join(folder, 'run.mjs')], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...variablesOf(surroundings) },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: patienceMs,
  })
  const [stdout, stderr] = await Promise.all([text(program.stdout), text(program.stderr), once(program, 'close')])
  if (program.exitCode === 0) return
  throw new Error(`${folder}/run.mjs failed (${program.exitCode ?? program.signalCode}):\n${stdout}${stderr}`)
}

/** As a user would set them; each program takes those that its library reads. */
function variablesOf({ openaiUrl, groqUrl, anthropicUrl, tracellmUrl, apiKey }: ClientSurroundings) {
  return {
    OPENAI_BASE_URL: openaiUrl,
    OPENAI_API_KEY: 'none',
    GROQ_BASE_URL: groqUrl,
    GROQ_API_KEY: 'none',
    ANTHROPIC_BASE_URL: anthropicUrl,
    ANTHROPIC_API_KEY: 'none',
    OTEL_SERVICE_NAME: 'weather-app',
    OTEL_EXPORTER_OTLP_ENDPOINT: tracellmUrl,
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer ${apiKey}`,
    LANGFUSE_BASE_URL: tracellmUrl,
    LANGFUSE_PUBLIC_KEY: 'none',
    LANGFUSE_SECRET_KEY: apiKey,
  }
}
