import { describe, expect, test } from 'vitest'
import { glyphsFor } from '../../screen/glyphs.ts'
import { renderLine } from '../../screen/styled-text.ts'
import { textWidth } from '../../screen/text-width.ts'
import { sampleNowUs, sampleTrace } from './sample-trace.ts'
import { traceTableLines } from './trace-table.ts'

const traces = [
  sampleTrace({
    id: 'c41a0f0123456789abcdef0123457700',
    status: 'running',
    prompt: '#497 retry queue drops messages',
    latency: null,
    started_at: '2026-11-23T14:01:29.000000Z',
    token_count: 88_000,
    cost_usd: 0.118,
  }),
  sampleTrace({ status: 'warning', cost_is_partial: true }),
  sampleTrace({
    id: '51b2e80123456789abcdef0123457700',
    status: 'failed',
    prompt: '世界の言葉で書かれた質問',
    cost_usd: null,
  }),
  sampleTrace({
    id: 'e0094d0123456789abcdef0123457700',
    name: 'import-orders',
    prompt: null,
    response: 'done\x1b[2J',
    status: 'interrupted',
    latency: null,
    token_count: 0,
    llm_calls: 0,
    cost_usd: null,
  }),
]

function draw(columns: number, locale = 'C.UTF-8', shown = traces): string[] {
  const screen = { columns, glyphs: glyphsFor({ LANG: locale }) }
  return traceTableLines(shown, screen, sampleNowUs).map((line) => renderLine(line, (_role, text) => text))
}

describe('traceTableLines', () => {
  test('says of each what it is, what was asked, what it took, and how to open it', () => {
    expect(draw(100)).toEqual([
      '   name           what                                         time  tokens       $   ago  id',
      '●  fix-issue      #497 retry queue drops messages          1 m 12 s     88k   0.118   1 m  c41a0f',
      '▲  fix-issue      #482 session test fails after 23:00 UTC  6 m 29 s    283k  ≥0.467  21 m  a91f3c',
      '✗  fix-issue      世界の言葉で書かれた質問                 6 m 29 s    283k       ?  21 m  51b2e8',
      '◌  import-orders  done^[[2J                                                          21 m  e0094d',
    ])
  })

  test('shows the answer where the name is what was asked', () => {
    const trace = sampleTrace({ name: 'Are you there?', prompt: 'Are you there?', response: 'Yes.' })
    const screen = { columns: 100, glyphs: glyphsFor({}) }
    const [, row] = traceTableLines([trace], screen, sampleNowUs).map((line) => line.map(({ text }) => text).join(''))
    expect(row).toContain('Are you there?  Yes.')
  })

  test('keeps status, what, time, cost and id where there is little room', () => {
    expect(draw(60)).toEqual([
      '   name           what                  time       $  id',
      '●  fix-issue      #497 retry queu…  1 m 12 s   0.118  c41a0f',
      '▲  fix-issue      #482 session te…  6 m 29 s  ≥0.467  a91f3c',
      '✗  fix-issue      世界の言葉で書…   6 m 29 s       ?  51b2e8',
      '◌  import-orders  done^[[2J                           e0094d',
    ])
  })

  test('does not call free what told nothing of its cost', () => {
    const failed = { llm_calls: 1, token_count: 0, cost_usd: 0, error_count: 1 } as const
    const costs = [failed, { ...failed, token_count: 12 }].map((fields) => sampleTrace(fields))
    const [, untold, free] = draw(100, 'C.UTF-8', costs)
    expect(untold).toMatch(/ – +– +21 m/)
    expect(free).toMatch(/ 12 +0 +21 m/)
    expect(draw(100, 'C', costs)[1]).toMatch(/ - +- +21 m/)
  })

  test('tells tokens that nothing is known of from none', () => {
    const silent = { llm_calls: 1, token_count: 0, cost_usd: null, cost_is_partial: true }
    const [, untold, none] = draw(
      100,
      'C.UTF-8',
      [silent, { ...silent, cost_usd: 0, cost_is_partial: false }].map((fields) => sampleTrace(fields)),
    )
    expect(untold).toMatch(/ – +\? +21 m/)
    expect(none).toMatch(/ 0 +0 +21 m/)
  })

  test('is never wider than the terminal', () => {
    for (let columns = 40; columns < 130; columns += 1) {
      for (const line of draw(columns)) expect(textWidth(line)).toBeLessThanOrEqual(columns)
    }
  })

  test('tells a time to come as one, and a clock that went wrong in few words', () => {
    const odd = sampleTrace({ started_at: '2255-06-01T00:00:00.000000Z', latency: 104_166 * 86_400_000 })
    const [, line] = traceTableLines([odd], { columns: 100, glyphs: glyphsFor({}) }, sampleNowUs)
    expect(renderLine(line!, (_role, text) => text)).toMatch(/ 285 y .* in 228 y  a91f3c$/)
  })

  test('has letters where the locale cannot show more', () => {
    const [, running, warning] = draw(100, 'C')
    expect(running).toMatch(/^\* {2}fix-issue/)
    expect(warning).toContain('>=0.467')
  })
})
