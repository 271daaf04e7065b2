import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core'

/** A browser whose pages are listened to: nothing may go wrong in them, and nothing may leave the server. */
export class TestBrowser implements AsyncDisposable {
  readonly #browser: Browser
  #contexts: BrowserContext[] = []
  #faults: string[] = []

  private constructor(browser: Browser) {
    this.#browser = browser
  }

  static async start(program: string): Promise<TestBrowser> {
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
    return new TestBrowser(await chromium.launch({ executablePath: program, args }))
  }

  /** A page of a visitor of its own, with nothing stored. Opens `address` unless it is left out. */
  async open(address: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.#browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
    this.#contexts.push(context)
    context.setDefaultTimeout(15_000)
    const page = await context.newPage()
    const { origin, host } = new URL(address)
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.#faults.push(message.text())
    })
    page.on('pageerror', (error) => this.#faults.push(String(error)))
    page.on('dialog', (dialog) => {
      this.#faults.push(`a dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on('request', (request) => this.#checkAddress(request.url(), origin))
    page.on('websocket', (socket) => this.#checkAddress(socket.url(), `ws://${host}`))
    await page.goto(address)
    return page
  }

  /** Closes the pages, after each test. Throws when one has complained, or has asked anybody but the server. */
  async closePages(): Promise<void> {
    const [contexts, faults] = [this.#contexts, this.#faults]
    this.#contexts = []
    await Promise.all(contexts.map((context) => context.close()))
    this.#faults = []
    if (faults.length > 0) throw new Error(`The pages have complained:\n${faults.join('\n')}`)
  }

  /** Forgets the complaints that match: a test has provoked them. */
  allowFaults(pattern: RegExp): void {
    this.#faults = this.#faults.filter((fault) => !pattern.test(fault))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close()
  }

  #checkAddress(address: string, origin: string): void {
    const isOwn = address.startsWith(`${origin}/`) || address.startsWith('data:') || address.startsWith('blob:')
    if (!isOwn) this.#faults.push(`a request to ${address}`)
  }
}
