/**
 * Bad nights to rehearse. A sandbox reads the object each time, so a switch may be turned while it runs; every switch
 * is off when absent.
 */
export interface Faults {
  /** No login is accepted, whatever the password. */
  refuseLogin?: boolean
  /** The n-th write of a file from now fails as on a full disk (1: the next one); then the switch turns itself off. */
  failNthWrite?: number
  /** The link breaks instead of the answer to the next rename, `before` or `after` it is done; then it turns itself off. */
  cutLinkAtRename?: 'before' | 'after'
  /** The loader leaves every file where it lies. */
  neverTake?: boolean
  /** The loader takes files to the archive and then neither loads nor reports them. */
  takeButNeverReport?: boolean
}
