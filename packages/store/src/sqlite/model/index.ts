export { writerAndReadersModel } from './writer-and-readers-model.ts'
