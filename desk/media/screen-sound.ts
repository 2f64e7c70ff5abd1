import { speakers } from '../../preview/media/speakers'

/** The sound of a shared screen and the microphone as one track. Made when a screen brings sound, and ended with it. */
export class ScreenSound {
  private mix: { out: MediaStreamAudioDestinationNode; nodes: AudioNode[]; of: readonly string[] } | null = null

  /** What to push: the microphone itself while the screen is silent. */
  mixed(mic: MediaStreamTrack | null, screen: MediaStreamTrack | null): MediaStreamTrack | null {
    const tracks = [mic, screen].filter((track) => track !== null)
    if (!screen || screen.readyState === 'ended') {
      this.end()
      return mic
    }
    const of = tracks.map(({ id }) => id)
    if (this.mix?.of.join() !== of.join()) {
      this.end()
      const context = speakers.context()
      const out = context.createMediaStreamDestination()
      const nodes = tracks.map((track) => {
        const node = context.createMediaStreamSource(new MediaStream([track]))
        node.connect(out)
        return node
      })
      this.mix = { out, nodes, of }
    }
    return this.mix?.out.stream.getAudioTracks()[0] ?? mic
  }

  end(): void {
    for (const node of this.mix?.nodes ?? []) node.disconnect()
    for (const track of this.mix?.out.stream.getTracks() ?? []) track.stop()
    this.mix = null
  }
}
