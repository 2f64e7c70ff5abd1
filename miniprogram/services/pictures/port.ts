/** A picture on this phone. */
export interface LocalPicture {
  /** What `<image>` shows it by; ends in the extension of the file where it has one. */
  path: string
  bytes: number
}

/** A picture on its way into the cloud's storage. */
export interface Upload {
  /** The file id there (`cloud://...`). Rejects when the picture did not arrive, or not in time. */
  readonly file: Promise<string>
  /** Ends it: `file` rejects. Idempotent. */
  stop(): void
}

/** Pictures of the user's own, and the place where everybody can see them. Every promise settles. */
export interface Pictures {
  /** Lets the user choose one; null when he thinks better of it. Rejects when the phone cannot, or may not. */
  choose(): Promise<LocalPicture | null>
  /** Begins to upload. `to` is a path in the storage without an extension; the file keeps its own. */
  upload(picture: LocalPicture, to: string): Upload
}
