import type { LocalPicture, Pictures, Upload } from '../../../miniprogram/services/pictures/port'

/** A phone's album and the way into a storage; the test decides when an upload is over, and how. */
export class FakePictures implements Pictures {
  /** What the user chooses next; null when he thinks better of it, an error when the phone cannot. */
  choice: LocalPicture | null | Error = { path: 'wxfile://cat.jpg', bytes: 1000 }
  readonly uploads: { to: string; stopped: boolean; arrive(file: string): void; fail(): void }[] = []

  async choose(): Promise<LocalPicture | null> {
    if (this.choice instanceof Error) throw this.choice
    return this.choice
  }

  upload(_picture: LocalPicture, to: string): Upload {
    const entry = { to, stopped: false, arrive: (_file: string) => {}, fail: () => {} }
    const file = new Promise<string>((resolve, reject) => {
      entry.arrive = resolve
      entry.fail = () => reject(new Error('refused by the test'))
    })
    this.uploads.push(entry)
    return {
      file,
      stop: () => {
        entry.stopped = true
        entry.fail()
      },
    }
  }
}
