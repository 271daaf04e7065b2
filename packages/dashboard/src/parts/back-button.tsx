import { goBackTo } from '../router/place.ts'
import { Button } from './button.tsx'

/** Back to the list, as it was left. */
export function BackButton() {
  return (
    <Button
      look="bare"
      icon="back"
      aria-label="Back to the traces"
      title="Back  esc"
      onClick={() => goBackTo('/traces')}
    />
  )
}
