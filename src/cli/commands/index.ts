import type { CliCommand } from '../command.ts'

/**
 * Every command, in the order in which help lists them. Each is loaded when it is called: what one needs, the others
 * do not wait for.
 */
export const COMMANDS: Readonly<Record<string, () => Promise<CliCommand>>> = {
  lint: async () => (await import('./lint.ts')).lintCommand,
  run: async () => (await import('./run.ts')).runCommand,
  serve: async () => (await import('./serve.ts')).serveCommand,
  status: async () => (await import('./status.ts')).statusCommand,
  history: async () => (await import('./history.ts')).historyCommand,
  alarms: async () => (await import('./alarms.ts')).alarmsCommand,
  schedule: async () => (await import('./schedule.ts')).scheduleCommand,
  send: async () => (await import('./send.ts')).sendCommand,
  resend: async () => (await import('./resend.ts')).resendCommand,
  fetch: async () => (await import('./fetch.ts')).fetchCommand,
  hold: async () => (await import('./hold.ts')).holdCommand,
  ledger: async () => (await import('./ledger.ts')).ledgerCommand,
  memory: async () => (await import('./memory.ts')).memoryCommand,
  sandbox: async () => (await import('./sandbox.ts')).sandboxCommand,
  demo: async () => (await import('./demo.ts')).demoCommand,
  schema: async () => (await import('./schema.ts')).schemaCommand,
  template: async () => (await import('./template.ts')).templateCommand,
  rules: async () => (await import('./rules.ts')).rulesCommand,
  explain: async () => (await import('./explain.ts')).explainCommand,
  config: async () => (await import('./config.ts')).configCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  init: async () => (await import('./init.ts')).initCommand,
}

/**
 * The commands that a call needs: the one that it names first, or all where it names none that there is, so that help
 * is whole and a misspelt name is answered with the nearest.
 *
 * @param argv Words after the program's name.
 */
export async function loadCommands(argv: readonly string[]): Promise<readonly CliCommand[]> {
  const [name = ''] = argv
  const named = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (named !== undefined) return [await named()]
  return Promise.all(Object.values(COMMANDS).map((load) => load()))
}
