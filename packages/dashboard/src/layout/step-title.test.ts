import { describe, expect, test } from 'vitest'
import { sampleStep } from './sample-step.ts'
import { stepTitle } from './step-title.ts'

describe('stepTitle', () => {
  test('tells a call to a model by what came out of it', () => {
    const step = sampleStep('chat gpt-5', { type: 'llm', summary: '→ grep, read_file ×2', model_name: 'gpt-5' })
    expect(stepTitle(step)).toEqual({ name: '→ grep, read_file ×2', about: 'gpt-5' })
  })

  test('has the name of a call from which nothing has come yet, without saying the model twice', () => {
    const step = sampleStep('chat gpt-5', { type: 'llm', model_name: 'gpt-5' })
    expect(stepTitle(step)).toEqual({ name: 'chat gpt-5', about: undefined })
  })

  test('tells a tool by its own name and what it was asked', () => {
    const step = sampleStep('execute_tool grep', { tool_name: 'grep', summary: 'Date.now src' })
    expect(stepTitle(step)).toEqual({ name: 'grep', about: 'Date.now src' })
  })
})
