import { limitSettings } from '../stack/limit-settings.ts'
import {
  choiceSetting,
  listSetting,
  optionalPortSetting,
  patternsSetting,
  portSetting,
  switchSetting,
  textSetting,
  type Setting,
} from './setting.ts'

/**
 * Every setting of the product. The parser of flags, `--help`, the documentation, `GET /settings` and the checks of
 * the settings file are made from this table.
 *
 * A key of the table gives all its names: `dashboardPort` is the flag `--dashboard-port`, the variable
 * `TRACELLM_DASHBOARD_PORT` and `dashboard_port` in `config.json`.
 */

export const homeSettings = {
  home: textSetting({
    default: '~/.tracellm',
    placeholder: 'DIR',
    text: 'Where data lies',
    isInFile: false,
  }),
}

/** How commands other than `start` find a server. */
export const clientSettings = {
  url: textSetting({
    default: '',
    placeholder: 'URL',
    text: 'A server to ask, instead of the one of the home folder',
    isInFile: false,
  }),
  apiKey: textSetting({
    default: '',
    placeholder: 'KEY',
    text: 'The key to ask it with; better as a variable, where other users do not see it',
    isInFile: false,
  }),
}

export const serverSettings = {
  host: textSetting({
    default: 'localhost',
    placeholder: 'HOST',
    text: 'Where to listen; localhost is 127.0.0.1 and ::1, anything else needs keys',
  }),
  port: portSetting({ default: 8000, text: 'API, live socket and dashboard' }),
  dashboardPort: optionalPortSetting({ default: 3000, text: 'The same once more, where people look for a dashboard' }),
  otlpPort: optionalPortSetting({ default: 4318, text: 'Where OpenTelemetry sends unless told otherwise' }),
  open: switchSetting({ default: true, text: 'Open the dashboard in a browser, when started from a terminal' }),
  logLevel: choiceSetting(['error', 'warn', 'info', 'debug'], {
    default: 'info',
    placeholder: 'LEVEL',
    text: 'What the server logs to stderr: error, warn, info or debug; never contents of spans',
  }),
  durability: choiceSetting(['normal', 'full'], {
    default: 'normal',
    placeholder: 'normal|full',
    text: 'What an acknowledged span survives: the death of the process, or a power cut too',
  }),
  redact: patternsSetting({ default: [], text: 'Replace what matches by [redacted] before it is stored' }),
  prices: textSetting({
    default: '',
    placeholder: 'FILE',
    text: 'Your own prices of models, before the list that comes along; prices.json in the home folder where there is one',
  }),
  allowedHosts: listSetting({
    default: [],
    placeholder: 'NAME,…',
    text: 'Further names under which the server may be called',
  }),
  corsOrigins: listSetting({
    default: [],
    placeholder: 'ORIGIN,…',
    text: 'Further origins whose pages may call, such as https://app.example',
  }),
}

/** Bounds on what a client can make the server hold or do. */
export { limitSettings }

export const startSettings = { ...homeSettings, ...serverSettings, ...limitSettings }

/** Those of commands that ask a server. */
export const askSettings = { ...homeSettings, ...clientSettings }

export type SettingsTable = Readonly<Record<string, Setting>>

/** The values of a table's settings. */
export type ValuesOf<Table extends SettingsTable> = {
  readonly [Key in keyof Table]: Table[Key] extends Setting<infer Value> ? Value : never
}

export interface SettingNames {
  /** As people say it: `dashboard-port`. */
  readonly name: string
  readonly flag: string
  readonly variable: string
  readonly fileKey: string
}

export function settingNames(key: string): SettingNames {
  const words = key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).split(' ')
  const name = words.join('-')
  return { name, flag: name, variable: `TRACELLM_${words.join('_').toUpperCase()}`, fileKey: words.join('_') }
}
