import type { AlarmKind, AlarmRecord } from '../ledger/index.ts'

/** What is true of every alarm of one kind. */
export interface AlarmKindRow {
  readonly about: AlarmRecord['about']
  readonly severity: AlarmRecord['severity']
  /** When it is raised. */
  readonly raised: string
  /** What ends it, beside a person. */
  readonly ends: string
  /** What the person who reads it does. */
  readonly next: string
}

/** Every kind of alarm. `docs/reference/alarms.md` is generated from it. */
export const ALARM_KINDS: Readonly<Record<AlarmKind, AlarmKindRow>> = {
  'never-taken': {
    about: 'part',
    severity: 'error',
    raised: 'a file lies in its Incoming folder for longer than `coupa.takenWithinMinutes`',
    ends: 'Coupa takes it, or it is gone',
    next: 'go through the reasons, the likeliest first; it is still watched, do not send it again',
  },
  vanished: {
    about: 'part',
    severity: 'error',
    raised: 'a placed file is neither in its folder nor in an archive for longer than `coupa.vanishedAfterMinutes`',
    ends: 'it is seen again, or a person decides',
    next: 'look in Coupa whether it was loaded, then `flatgate hold release` or `flatgate hold drop`',
  },
  held: {
    about: 'file',
    severity: 'error',
    raised: 'a file or a part of one is held, because flatgate cannot prove what is safe',
    ends: 'a person decides with `flatgate hold`',
    next: 'see `flatgate hold show`: it has the evidence and says what `flatgate hold release` and `flatgate hold drop` will do',
  },
  stuck: {
    about: 'file',
    severity: 'error',
    raised:
      'a file waits for flatgate for longer than `alarms.stuckAfterMinutes`, counted from the run that should have moved it; not while another alarm of its server, its disk or its flow says why',
    ends: 'it moves on',
    next: '`flatgate status` shows the last run and its outcome, `flatgate history` the steps of the file; is flatgate running?',
  },
  rejected: {
    about: 'file',
    severity: 'error',
    raised: 'a file has errors and was not sent',
    ends: 'a later file of the same name passes',
    next: 'correct the source as the report beside the file says, and drop it again',
  },
  'not-arrived': {
    about: 'flow',
    severity: 'error',
    raised: 'no file was accepted by the time that `expect` of the flow names',
    ends: 'one arrives, or the next one is due',
    next: 'ask whoever sends the file; look whether it lies in another folder or is still being written',
  },
  'left-behind': {
    about: 'file',
    severity: 'warning',
    raised: 'something lies in a drop folder that cannot be taken: a link, a folder, an unsafe name',
    ends: 'it is gone from the drop folder',
    next: 'replace it by a regular file with a plain name, or remove it',
  },
  'run-failed': {
    about: 'flow',
    severity: 'error',
    raised:
      'a run failed for a reason that stays until a person changes something, or for longer than `alarms.failingAfterMinutes`; also when three runs in a row were interrupted',
    ends: 'a run of the flow gets through',
    next: '`flatgate doctor` tries each step; `flatgate status` shows the last run',
  },
  'drop-folder': {
    about: 'flow',
    severity: 'error',
    raised: 'a drop folder cannot be read or written',
    ends: 'it can be again',
    next: 'give the user that flatgate runs as the right to read, write and rename in the folder',
  },
  'disk-full': {
    about: 'gateway',
    severity: 'error',
    raised:
      'there is no space left for what is dropped, or for an export; nothing was taken from the drop folder, or from the server',
    ends: 'a round passes without it',
    next: 'free space on the disk of the state folder, of the drop folders and of the folders of exports; flatgate goes on by itself',
  },
  'server-unreachable': {
    about: 'server',
    severity: 'error',
    raised: 'calls to the server fail for longer than `alarms.failingAfterMinutes`',
    ends: 'a call gets through',
    next: 'check network, name, port and firewall with `flatgate doctor`; flatgate tries again by itself',
  },
  'login-refused': {
    about: 'server',
    severity: 'error',
    raised:
      'the server refused the login, once: no process of this ledger tries the same one again, so that the account is not locked',
    ends: 'a login succeeds, also that of `flatgate doctor`; `flatgate alarms ack`, which allows one more try',
    next: 'correct user, password or key and try them with `flatgate doctor`; when that gets in, all goes on by itself. Was it the server? `flatgate alarms ack` lets the next run try once more',
  },
  'host-key-changed': {
    about: 'server',
    severity: 'error',
    raised: 'the server shows another host key than the pinned one; no login is tried',
    ends: 'a login succeeds',
    next: 'ask the operator of the server; pin the new key in `server.hostKey` only when they confirm it, then restart `flatgate serve`',
  },
  'header-changed': {
    about: 'file',
    severity: 'warning',
    raised: 'the header of an export is not that of the export before it',
    ends: 'nothing but a person',
    next: 'tell those who read the file that its columns changed, then `flatgate alarms ack`',
  },
}
