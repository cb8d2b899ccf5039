/** What the first configuration is written with. */
export interface FirstAnswers {
  readonly host: string
  readonly username: string
  readonly timeZone: string
}

/** The text of a first `flatgate.yaml`: the six usual objects, every other setting as a comment. */
export function firstConfigText({ host, username, timeZone }: FirstAnswers): string {
  return `# flatgate.yaml: the only configuration of flatgate. \`flatgate config validate\` checks it,
# \`flatgate config show\` prints every setting with its default. Reference: docs/reference/config.md

timeZone: ${scalar(timeZone)}          # of the schedules; a name such as Europe/Berlin

server:                        # Coupa's SFTP server
  host: ${scalar(host)}
  username: ${scalar(username)}
  password: \${env:COUPA_SFTP_PASSWORD}
  # privateKey: \${file:~/.ssh/coupa}       # instead of the password
  # passphrase: \${env:COUPA_KEY_PASSPHRASE}
  # hostKey: "SHA256:…"        # \`flatgate doctor --trust\` pins it in the file known_hosts, or write it here

coupa:
  release: "2026"
  # customFields:              # columns that your instance has beside the standard ones
  #   users:
  #     - name: Cost Center    # the English prompt name
  #       type: string
  #       length: 50

flows:                         # one entry for each movement
  users:
    object: users              # drop files in inbound/users
    # schedule: "0 4 * * *"    # without it, files go as soon as they are dropped
  suppliers:
    object: suppliers
  items:
    object: items
  account-types:
    object: account-types
  accounts:
    object: accounts
  exchange-rates:
    object: exchange-rates
  # suppliers-out:             # an export: files come to outbound/suppliers
  #   direction: export
  #   object: suppliers
  #   after: leave             # or archive, or delete
  #   schedule: "*/15 * * * *"
  # hr-extract:                # a file that is not written as Coupa wants it
  #   object: users
  #   from: inbound/hr
  #   dialect: { delimiter: ";", encoding: windows-1252 }
  #   map: { Login: user_id, Email: mail, First Name: given, Last Name: family }
`
}

/** Words that need no quotes in YAML; anything else is quoted, which JSON's form does. */
function scalar(text: string): string {
  return /^[A-Za-z][A-Za-z0-9._/@+-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off)$/i.test(text)
    ? text
    : JSON.stringify(text)
}
