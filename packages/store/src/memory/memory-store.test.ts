import { storeContract } from '../contract/index.ts'
import type { TraceStore } from '../port/trace-store.ts'
import { openMemoryStore } from './memory-store.ts'

const open = async (): Promise<TraceStore> => openMemoryStore({ clock: () => Date.now() * 1000 })

storeContract('memory', open)
