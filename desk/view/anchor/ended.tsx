import { useEffect, useState } from 'preact/hooks'
import { formatCount, formatDuration } from '../../../miniprogram/locales/format'
import type { Recording } from '../../../miniprogram/protocol/recording'
import type { AnchorShow } from '../../model/anchor-show'
import { Button } from '../button'
import { observed } from '../observed'
import { useWords } from '../use-words'

/** After the show: its figures, and what was recorded. */
export const Ended = observed<{ show: AnchorShow; onAgain(): void; onLobby(): void }>(({ show, onAgain, onLobby }) => {
  const { t, d, lang } = useWords()
  const { room } = show
  const { summary, replays } = room
  const [shown, setShown] = useState<Recording | null>(null)
  useEffect(() => {
    void replays.load()
  }, [replays])
  const figures = summary
    ? ([
        ['end.duration', formatDuration(summary.durationMs)],
        ['end.viewers', formatCount(lang, summary.totalViewers)],
        ['end.peak', formatCount(lang, summary.peakViewers)],
        ['end.likes', formatCount(lang, summary.likes)],
      ] as const)
    : []
  return (
    <main class="ended">
      <div class="card">
        <h1>{d('studio.ended')}</h1>
        <p class="sub">{t('end.selfThanks')}</p>
        <dl class="figures">
          {figures.map(([word, value]) => (
            <div key={word}>
              <dt>{t(word)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <h2>{d('studio.recordings')}</h2>
        {replays.parts.length === 0 && (
          <p class="hint">{replays.state === 'none' ? d('studio.recordingsNone') : d('studio.recordingsSoon')}</p>
        )}
        <ul class="rows">
          {replays.parts.map((recording) => (
            <li key={recording.recordingId}>
              <Button
                label={d('studio.play', { time: formatDuration(recording.durationMs) })}
                look="quiet"
                onPress={() => setShown(recording)}
              >
                {formatDuration(recording.durationMs)}
              </Button>
            </li>
          ))}
        </ul>
        {shown && (
          // biome-ignore lint/a11y/useMediaCaption: nobody has written down what was said.
          <video class="replay" src={shown.url} controls autoPlay />
        )}
        <div class="answers">
          <Button label={d('desk.lobby')} look="quiet" onPress={onLobby}>
            {d('desk.lobby')}
          </Button>
          <Button label={d('studio.again')} look="primary" onPress={onAgain}>
            {d('studio.again')}
          </Button>
        </div>
      </div>
    </main>
  )
})
