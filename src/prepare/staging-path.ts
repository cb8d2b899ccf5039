/**
 * The path under which a file is uploaded before it is renamed to `path`: `/Incoming/Users/users_….csv.part`.
 *
 * Coupa does not say which names it picks up. House: a name that does not end in `.csv` or `.zip`, in the same folder,
 * because a rename within one folder works on every server; a folder beside it, where the server has one, is certain.
 *
 * @param path Final path, absolute.
 * @param stagingFolder A folder of the same file system that nobody picks up from. Default: the folder of `path`.
 */
export function stagingPath(path: string, stagingFolder?: string): string {
  const staged = `${path}.part`
  if (stagingFolder === undefined) return staged
  return `${stagingFolder.replace(/\/$/, '')}/${staged.slice(staged.lastIndexOf('/') + 1)}`
}
