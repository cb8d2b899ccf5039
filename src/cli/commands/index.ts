import type { CliCommand } from '../command.ts'
import { configCommand } from './config.ts'
import { demoCommand } from './demo.ts'
import { doctorCommand } from './doctor.ts'
import { explainCommand } from './explain.ts'
import { fetchCommand } from './fetch.ts'
import { historyCommand } from './history.ts'
import { holdCommand } from './hold.ts'
import { initCommand } from './init.ts'
import { lintCommand } from './lint.ts'
import { runCommand } from './run.ts'
import { sandboxCommand } from './sandbox.ts'
import { schemaCommand } from './schema.ts'
import { sendCommand } from './send.ts'
import { serveCommand } from './serve.ts'
import { statusCommand } from './status.ts'
import { templateCommand } from './template.ts'

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly CliCommand[] = [
  lintCommand,
  runCommand,
  serveCommand,
  statusCommand,
  historyCommand,
  sendCommand,
  fetchCommand,
  holdCommand,
  sandboxCommand,
  demoCommand,
  schemaCommand,
  templateCommand,
  explainCommand,
  configCommand,
  doctorCommand,
  initCommand,
]
