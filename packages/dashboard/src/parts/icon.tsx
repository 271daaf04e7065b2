/** Line drawings of 16 by 16, in the colour of the text around them. They say nothing that words do not say too. */
const drawings = {
  traces: <path d="M2 4h7M5 8h7M8 12h6" />,
  theme: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" />
    </>
  ),
  search: (
    <>
      <circle cx="7" cy="7" r="4.2" />
      <path d="m10.2 10.2 3.3 3.3" />
    </>
  ),
  back: <path d="M9.5 4.5 6 8l3.5 3.5" />,
  forward: <path d="M6.5 4.5 10 8l-3.5 3.5" />,
  close: <path d="m4.5 4.5 7 7M11.5 4.5l-7 7" />,
  link: (
    <path d="M6.7 9.3 9.3 6.7M7.2 4.7l1.3-1.3a2.9 2.9 0 0 1 4.1 4.1l-1.3 1.3M8.8 11.3l-1.3 1.3a2.9 2.9 0 0 1-4.1-4.1l1.3-1.3" />
  ),
  said: <path d="M2.5 3.5h11v7.5H8L5 13.5V11H2.5zM5 6h6M5 8.5h4" />,
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
      <path d="M10.5 5.5v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2" />
    </>
  ),
  keys: (
    <>
      <rect x="1.5" y="4" width="13" height="8" rx="1.5" />
      <path d="M4 7h.01M6.7 7h.01M9.3 7h.01M12 7h.01M5 9.7h6" />
    </>
  ),
}

export type IconName = keyof typeof drawings

export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {drawings[name]}
    </svg>
  )
}

/** Three bars, one of which is here. */
export function Brand() {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
      <rect x="1" y="2.5" width="9" height="3.2" rx="1.2" fill="currentColor" />
      <rect x="5" y="7.4" width="12" height="3.2" rx="1.2" fill="var(--here)" />
      <rect x="8" y="12.3" width="6" height="3.2" rx="1.2" fill="currentColor" />
    </svg>
  )
}
