import type { AuthenticationType, AuthHandlerMiddleware, Client } from 'ssh2'
import type { ResolvedSftpOptions } from './sftp-options.ts'

/**
 * Decides which credential is tried next: each at most once, and only one that the server still accepts.
 *
 * Asking with `none` first shows what the server accepts, so that a password is not refused twice under two names:
 * some servers lock an account after a few refusals.
 */
export function createLogin(
  { password, privateKey }: ResolvedSftpOptions,
  onCredential: () => void,
): AuthHandlerMiddleware {
  const untried = new Set<AuthenticationType>()
  if (privateKey !== undefined) untried.add('publickey')
  if (password !== undefined) untried.add('password').add('keyboard-interactive')
  let isFirst = true
  return (accepted, _isPartial, next) => {
    if (isFirst) {
      isFirst = false
      next('none')
      return
    }
    const choice = [...untried].find((method) => accepted.includes(method))
    if (choice === undefined) {
      // The library's word for "nothing left"; its types do not have it.
      next(false as unknown as AuthenticationType)
      return
    }
    untried.delete(choice)
    if (choice !== 'publickey') {
      untried.delete('password')
      untried.delete('keyboard-interactive')
    }
    onCredential()
    next(choice)
  }
}

/** Answers the one hidden question "Password:" with the password; any other dialogue, such as a change of password, with nothing. */
export function answerPrompts(client: Client, password: string | undefined): void {
  let isFirst = true
  client.on('keyboard-interactive', (_name, _instructions, _language, prompts, finish) => {
    const [prompt] = prompts
    const isPassword = isFirst && prompts.length === 1 && prompt?.echo !== true
    isFirst = false
    finish(isPassword && password !== undefined ? [password] : [])
  })
}
