import type { RoomFault } from '../../miniprogram/stores/room/fault'
import { Button } from './button'
import { useWords } from './use-words'

const BLOCKED = { 'permission-camera': 'camera', 'permission-microphone': 'microphone' } as const

/** What went wrong, and the one thing that can be done about it. */
export const FaultNote = ({ fault, onRetry }: { fault: RoomFault; onRetry(): void }) => {
  const { t, d } = useWords()
  const { code, remedy } = fault
  const device = code in BLOCKED ? BLOCKED[code as keyof typeof BLOCKED] : null
  return (
    <div class="fault" role="alert">
      <p>
        <strong>{device ? d(`input.refusedTitle.${device}`) : t(`fault.${code}.title`)}</strong>{' '}
        <span>{device ? d('input.permission') : t(`fault.${code}.advice`)}</span>
      </p>
      {remedy !== 'none' && (
        <Button label={remedy === 'resume' ? t('state.resume') : t('common.retry')} look="quiet" onPress={onRetry}>
          {remedy === 'resume' ? t('state.resume') : t('common.retry')}
        </Button>
      )}
    </div>
  )
}
