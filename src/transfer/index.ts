export type { OpenRemoteStore, PublishOptions, RemoteFile, RemoteStore } from './remote-store.ts'
