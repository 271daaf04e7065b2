import { sampleNowUs, storeContract } from '../contract/index.ts'
import type { TraceStore } from '../port/trace-store.ts'
import { openMemoryStore } from './memory-store.ts'

const open = async (): Promise<TraceStore> => openMemoryStore({ clock: () => sampleNowUs })

storeContract('memory', open)
