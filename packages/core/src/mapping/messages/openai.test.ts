import { describe, expect, test } from 'vitest'
import { messagesOf, readRaw } from './read-sample.ts'

const call = { type: 'toolCall', id: 'call_1', name: 'get_weather', args: { city: 'Paris' } }
const toolCalls = [{ id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Paris"}' } }]
const tools = [{ type: 'function', function: { name: 'get_weather', parameters: { type: 'object' } } }]
const words = (role: string, text: string) => ({ role, parts: [{ type: 'text', text }] })

describe('readContent of OpenAI chat', () => {
  test('reads a request with its tools', () => {
    const raw = {
      model: 'gpt-mock',
      messages: [
        { role: 'developer', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Weather in Paris?' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBO' } },
            { type: 'input_audio', input_audio: { data: 'UklG', format: 'wav' } },
            { type: 'file', file: { file_id: 'file_1', filename: 'a.pdf' } },
          ],
        },
        { role: 'assistant', content: null, tool_calls: toolCalls, refusal: null },
        { role: 'tool', tool_call_id: 'call_1', content: '{"temp":18}' },
      ],
      tools,
      temperature: 0.2,
    }
    expect(readRaw('openai', raw, 'input')).toEqual({
      content: {
        form: 'messages',
        messages: [
          words('system', 'Be brief.'),
          {
            role: 'user',
            parts: [
              { type: 'text', text: 'Weather in Paris?' },
              { type: 'media', modality: 'image', mime: 'image/png', data: 'iVBO' },
              { type: 'media', modality: 'audio', mime: 'audio/wav', data: 'UklG' },
              { type: 'media', modality: 'document', fileId: 'file_1', name: 'a.pdf' },
            ],
          },
          { role: 'assistant', parts: [call] },
          { role: 'tool', parts: [{ type: 'toolResult', id: 'call_1', result: '{"temp":18}' }] },
        ],
      },
      toolDefinitions: tools,
      rest: { model: 'gpt-mock', temperature: 0.2 },
    })
  })

  test('reads an answer: the message as it will be in the next request, the finish reason apart', () => {
    const message = { role: 'assistant', content: null, tool_calls: toolCalls, refusal: null, annotations: [] }
    const raw = {
      id: 'chatcmpl-1',
      choices: [{ index: 0, message, finish_reason: 'tool_calls' }],
      usage: { total_tokens: 59 },
    }
    expect(readRaw('openai', raw, 'output')).toEqual({
      content: { form: 'messages', messages: [{ role: 'assistant', parts: [call] }] },
      finishReasons: ['tool_calls'],
      rest: { id: 'chatcmpl-1', usage: { total_tokens: 59 } },
    })
  })

  test('reads several choices', () => {
    const raw = { choices: [{ message: { content: 'One.' } }, { message: { content: 'Two.' } }] }
    expect(messagesOf('openai', raw, 'output')).toEqual([words('assistant', 'One.'), words('assistant', 'Two.')])
  })

  test('reads a refusal, thoughts beside the content, spoken answers and citations', () => {
    const refused = { role: 'assistant', content: null, refusal: 'I will not.' }
    const thinking = { role: 'assistant', reasoning_content: 'Hm.', content: 'Yes.' }
    const spoken = { role: 'assistant', content: null, audio: { id: 'audio_1', data: 'UklG', transcript: 'Hi.' } }
    const citing = { role: 'assistant', content: [{ type: 'text', text: 'So.', annotations: [{ url: 'a' }] }] }
    const citingBeside = { role: 'assistant', content: 'So.', annotations: [{ url: 'a' }] }
    const cited = [
      { type: 'text', text: 'So.' },
      { type: 'other', raw: { citations: [{ url: 'a' }] } },
    ]
    expect(messagesOf('openai', [refused, thinking, spoken, citing, citingBeside], 'input')).toEqual([
      words('assistant', 'I will not.'),
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', text: 'Hm.' },
          { type: 'text', text: 'Yes.' },
        ],
      },
      { role: 'assistant', parts: [{ type: 'media', modality: 'audio', data: 'UklG', transcript: 'Hi.' }] },
      { role: 'assistant', parts: cited },
      { role: 'assistant', parts: cited },
    ])
  })

  test('reads the older call of a function and its result', () => {
    const raw = [
      { role: 'assistant', content: null, function_call: { name: 'run', arguments: 'not json' } },
      { role: 'function', name: 'run', content: 'done' },
    ]
    expect(messagesOf('openai', raw, 'input')).toEqual([
      { role: 'assistant', parts: [{ type: 'toolCall', name: 'run', args: 'not json' }] },
      { role: 'tool', parts: [{ type: 'toolResult', name: 'run', result: 'done' }] },
    ])
  })

  test('reads old completions', () => {
    expect(messagesOf('openai', { model: 'm', prompt: 'Once upon' }, 'input')).toEqual([words('user', 'Once upon')])
    expect(messagesOf('openai', { choices: [{ text: ' a time', finish_reason: 'length' }] }, 'output')).toEqual([
      words('assistant', ' a time'),
    ])
  })
})

describe('readContent of OpenAI Responses', () => {
  const turn = [
    { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Need the tool.' }] },
    {
      type: 'message',
      id: 'msg_1',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text: 'Looking.', annotations: [], logprobs: [] }],
    },
    { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'get_weather', arguments: '{"city":"Paris"}' },
  ]
  const message = {
    role: 'assistant',
    parts: [{ type: 'reasoning', text: 'Need the tool.' }, { type: 'text', text: 'Looking.' }, call],
  }

  test('joins the items of a turn to one message', () => {
    const raw = { object: 'response', id: 'resp_1', status: 'completed', output: turn, output_text: 'Looking.' }
    expect(readRaw('openai', raw, 'output')).toEqual({
      content: { form: 'messages', messages: [message] },
      finishReasons: ['completed'],
      rest: { object: 'response', id: 'resp_1' },
    })
  })

  test('gives the same message in the next request', () => {
    const raw = {
      model: 'gpt-mock',
      instructions: 'Be brief.',
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'Weather?' },
            { type: 'input_image', image_url: 'https://example.com/a.png' },
          ],
        },
        ...turn,
        { type: 'function_call_output', call_id: 'call_1', output: '{"temp":18}' },
        { type: 'message', role: 'assistant', content: 'Sunny.' },
        { type: 'message', role: 'assistant', content: 'Really.' },
      ],
    }
    expect(messagesOf('openai', raw, 'input')).toEqual([
      words('system', 'Be brief.'),
      {
        role: 'user',
        parts: [
          { type: 'text', text: 'Weather?' },
          { type: 'media', modality: 'image', uri: 'https://example.com/a.png' },
        ],
      },
      message,
      { role: 'tool', parts: [{ type: 'toolResult', id: 'call_1', result: '{"temp":18}' }] },
      words('assistant', 'Sunny.'),
      words('assistant', 'Really.'),
    ])
  })

  test('says why an answer is incomplete', () => {
    const raw = { output: turn, status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } }
    expect(readRaw('openai', raw, 'output')?.finishReasons).toEqual(['max_output_tokens'])
  })

  test('keeps a thought of which only the cipher is known, and leaves out one of which nothing is', () => {
    const secret = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'gAAA' }
    const empty = { type: 'reasoning', id: 'rs_2', summary: [] }
    expect(messagesOf('openai', { output: [secret, empty] }, 'output')).toEqual([
      { role: 'assistant', parts: [{ type: 'reasoning', text: '', signature: 'gAAA' }] },
    ])
  })

  test('keeps the calls of hosted tools', () => {
    const search = { type: 'web_search_call', id: 'ws_1', status: 'completed', action: { query: 'paris' } }
    expect(messagesOf('openai', { output: [search] }, 'output')).toEqual([
      { role: 'assistant', parts: [{ type: 'other', raw: search }] },
    ])
  })
})
