/** The style of the documentation page: plain type, light and dark as the system is. */
export const docsStyle = `
:root { color-scheme: light dark; --ink: #1d1f21; --faint: #62676d; --line: #e1e3e6; --ground: #fff; --raised: #f6f7f8; --link: #1756c4 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e6e8; --faint: #9aa0a6; --line: #2e3236; --ground: #141618; --raised: #1c1f22; --link: #8ab4f8 }
}
* { box-sizing: border-box }
html { scroll-padding-top: 16px }
body { margin: 0 auto; max-width: 1000px; padding: 24px 16px 120px; background: var(--ground); color: var(--ink);
  font: 14px/1.6 system-ui, sans-serif }
h1 { font-size: 22px; margin: 0 } h1 small { color: var(--faint); font-weight: 400 }
h2 { font-size: 17px; margin: 40px 0 8px } h3 { font-size: 13px; margin: 16px 0 4px; color: var(--faint) }
a { color: var(--link) } nav a { margin-right: 12px }
code { font: 12.5px/1.5 ui-monospace, monospace; overflow-wrap: anywhere }
#find { width: 100%; margin: 12px 0; padding: 8px 12px; font: inherit; color: inherit; background: var(--raised);
  border: 1px solid var(--line); border-radius: 5px }
details { border-top: 1px solid var(--line) }
summary { cursor: pointer; padding: 7px 0 } summary span, li span, td { color: var(--faint) } td code, .value { color: var(--ink) }
summary b { display: inline-block; width: 56px; font: 600 12px/1.5 ui-monospace, monospace }
details > *:not(summary) { margin-left: 20px } details > table { width: calc(100% - 20px) }
.fields { list-style: none; padding: 4px 0 4px 12px; margin: 4px 0 4px 20px; border-left: 1px solid var(--line) }
.fields .fields { margin-left: 0 }
table { width: 100%; border-collapse: collapse; margin: 8px 0 } th { text-align: left; font-weight: 600; font-size: 12px }
td, th { padding: 5px 12px 5px 0; border-top: 1px solid var(--line); vertical-align: top }
:target { background: var(--raised) } :focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
[hidden] { display: none }
`

/** Its script: finds entries by their text, and opens the one the address names. */
export const docsScript = `
const find = document.getElementById('find')
const entries = [...document.querySelectorAll('.entry')]
find.addEventListener('input', () => {
  const words = find.value.toLowerCase().split(/\\s+/).filter(Boolean)
  for (const entry of entries) {
    const text = entry.textContent.toLowerCase()
    entry.hidden = !words.every((word) => text.includes(word))
  }
  for (const section of document.querySelectorAll('section')) {
    const own = [...section.querySelectorAll('.entry')]
    section.hidden = own.length > 0 && own.every((entry) => entry.hidden)
  }
})
const openNamed = () => {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)))
  if (named instanceof HTMLDetailsElement) { named.open = true; named.scrollIntoView() }
}
addEventListener('hashchange', openNamed)
openNamed()
`
