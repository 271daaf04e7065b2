import { readFileSync } from 'node:fs'

/** Processor time of the whole machine since it started, in ticks. */
export interface MachineTime {
  readonly all: number
  /** Taken by other machines on the same hardware. */
  readonly stolen: number
}

export function machineTime(): MachineTime {
  const [first] = readFileSync('/proc/stat', 'utf8').split('\n')
  const ticks = first!.split(/\s+/).slice(1, 9).map(Number)
  return { all: ticks.reduce((sum, each) => sum + each), stolen: ticks[7]! }
}

/** Which share of the processors other machines had since. */
export function stolenSince(before: MachineTime): number {
  const now = machineTime()
  return (now.stolen - before.stolen) / (now.all - before.all)
}
