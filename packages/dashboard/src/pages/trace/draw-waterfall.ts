import type { Bar, BarLook } from '../../layout/waterfall-bars.ts'

/** A picture of bars, in pixels: what `waterfallBars` has laid out, and what lies behind. */
export interface WaterfallPicture {
  readonly bars: readonly Bar[]
  /** Where the marks of the axis go on as lines. */
  readonly lines: readonly number[]
  readonly folds: readonly { readonly x: number; readonly width: number }[]
  readonly widthPx: number
  readonly heightPx: number
  readonly rowHeight: number
  /** On narrow screens a bar is a thin line under the words of its row. */
  readonly isUnderRows: boolean
}

type Context = CanvasRenderingContext2D
type Colour = (token: string) => string

/** Draws the picture in the colours that the styles give the canvas. */
export function drawWaterfall(canvas: HTMLCanvasElement, picture: WaterfallPicture): void {
  const context = canvas.getContext('2d')
  if (context === null) return
  const { widthPx, heightPx } = picture
  const dots = window.devicePixelRatio
  canvas.width = Math.round(widthPx * dots)
  canvas.height = Math.round(heightPx * dots)
  context.setTransform(dots, 0, 0, dots, 0, 0)
  const style = getComputedStyle(canvas)
  const colour: Colour = (token) => style.getPropertyValue(token)
  context.font = `450 11px ${style.fontFamily}`
  context.textBaseline = 'middle'

  for (const x of picture.lines) fill(context, colour('--line'), x, 0, 1, heightPx)
  for (const { x, width } of picture.folds) drawFold(context, colour, x, width, heightPx)
  for (const bar of picture.bars) {
    const top = bar.row * picture.rowHeight
    if (picture.isUnderRows) drawLine(context, colour, bar, top + picture.rowHeight - 6)
    else drawBar(context, colour, bar, top + picture.rowHeight / 2)
  }
}

const hues: Readonly<Record<BarLook, string>> = {
  llm: '--llm',
  tool: '--tool',
  retrieval: '--retr',
  bracket: '--box',
  outline: '--box',
  diamond: '--box',
}

/** The token of its colour: what failed and what still runs is told before what it is. */
function hueOf({ isFailed, isRunning, look }: Bar): string {
  if (isFailed) return '--fail'
  return isRunning ? '--here' : hues[look]
}

function drawLine(context: Context, colour: Colour, bar: Bar, top: number): void {
  fill(context, colour(hueOf(bar)), bar.x, top, Math.max(3, bar.width), 3)
}

function drawBar(context: Context, colour: Colour, bar: Bar, middle: number): void {
  const hue = colour(hueOf(bar))
  const isContainer = bar.look === 'bracket' && !bar.isFailed
  if (bar.look === 'diamond') drawDiamond(context, hue, bar.x, middle)
  else if (isContainer) drawBracket(context, hue, bar, middle)
  else if (bar.look === 'outline' && !bar.isFailed) drawOutline(context, hue, bar, middle)
  else drawFilled(context, colour, hue, bar, middle)
  if (bar.label === undefined) return
  context.fillStyle = colour(bar.isFailed ? '--fail' : '--fg-2')
  context.textAlign = bar.label.side === 'right' ? 'left' : 'right'
  context.fillText(bar.label.text, bar.label.x, middle + 0.5)
}

/** Filled, with a pale start while it waited for the first token; failed is hatched, open fades out. */
function drawFilled(context: Context, colour: Colour, hue: string, bar: Bar, middle: number): void {
  const top = middle - 6
  context.fillStyle = bar.isOpen ? fading(context, hue, bar) : hue
  context.beginPath()
  context.roundRect(bar.x, top, bar.width, 12, Math.min(2, bar.width / 2))
  context.fill()
  if (bar.isFailed) hatch(context, colour('--panel'), { x: bar.x, y: top, width: bar.width, height: 12 }, 6, 0.38)
  if (bar.waitWidth < 2 || bar.isFailed || bar.isOpen) return
  context.globalAlpha = 0.66
  fill(context, colour('--panel'), bar.x + 1, top + 1, Math.min(bar.waitWidth, bar.width - 2) - 1, 10)
  context.globalAlpha = 1
}

function fading(context: Context, hue: string, { x, width }: Bar): CanvasGradient {
  const gradient = context.createLinearGradient(x, 0, x + width, 0)
  gradient.addColorStop(Math.max(0, 1 - 40 / Math.max(40, width)), hue)
  gradient.addColorStop(1, 'transparent')
  return gradient
}

/** From its start over what it holds to its end; an open one has no end yet. */
function drawBracket(context: Context, hue: string, { x, width, isOpen }: Bar, middle: number): void {
  const [left, right, top] = [x + 0.75, x + Math.max(1.5, width) - 0.75, middle - 2.5]
  context.strokeStyle = hue
  context.lineWidth = 1.5
  context.globalAlpha = 0.8
  context.beginPath()
  context.moveTo(left, top + 6)
  context.lineTo(left, top)
  context.lineTo(right, top)
  if (!isOpen) context.lineTo(right, top + 6)
  context.stroke()
  context.globalAlpha = 1
}

function drawOutline(context: Context, hue: string, { x, width }: Bar, middle: number): void {
  if (width < 4) return fill(context, hue, x, middle - 6, width, 12)
  context.strokeStyle = hue
  context.lineWidth = 1.5
  context.beginPath()
  context.roundRect(x + 0.75, middle - 5.25, width - 1.5, 10.5, 1.5)
  context.stroke()
}

function drawDiamond(context: Context, hue: string, x: number, middle: number): void {
  context.fillStyle = hue
  context.beginPath()
  context.moveTo(x, middle - 5)
  context.lineTo(x + 5, middle)
  context.lineTo(x, middle + 5)
  context.lineTo(x - 5, middle)
  context.fill()
}

function drawFold(context: Context, colour: Colour, x: number, width: number, heightPx: number): void {
  hatch(context, colour('--line'), { x, y: 0, width, height: heightPx }, 8, 1)
  context.strokeStyle = colour('--line-strong')
  context.lineWidth = 1
  context.setLineDash([3, 3])
  context.beginPath()
  for (const edge of [x + 0.5, x + width - 0.5]) {
    context.moveTo(edge, 0)
    context.lineTo(edge, heightPx)
  }
  context.stroke()
  context.setLineDash([])
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Slanted lines inside a box, `gap` pixels apart, in line with those of other boxes. */
function hatch(context: Context, hue: string, { x, y, width, height }: Box, gap: number, opacity: number): void {
  context.save()
  context.beginPath()
  context.rect(x, y, width, height)
  context.clip()
  context.strokeStyle = hue
  context.globalAlpha = opacity
  context.lineWidth = gap === 6 ? 2 : 1
  context.beginPath()
  for (let along = Math.floor((x + y) / gap) * gap; along < x + y + width + height; along += gap) {
    context.moveTo(along - y, y)
    context.lineTo(along - y - height, y + height)
  }
  context.stroke()
  context.restore()
}

function fill(context: Context, hue: string, x: number, y: number, width: number, height: number): void {
  context.fillStyle = hue
  context.fillRect(x, y, width, height)
}
