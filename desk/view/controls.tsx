import { useState } from 'preact/hooks'
import type { Publisher } from '../../miniprogram/stores/media/publisher'
import type { Input, Inputs } from '../media/inputs'
import type { Switches } from '../model/sharing'
import { Button } from './button'
import { Dialog } from './dialog'
import { observed } from './observed'
import { useWords } from './use-words'

interface DeviceProps {
  publisher: Publisher
  inputs: Inputs
  /** A picture for others on phones may stand or lie. */
  shapes?: boolean
}

interface ControlsProps extends DeviceProps {
  /** What the buttons turn: the camera itself, or what a call lets one do with it. */
  switches: Switches
  /** A screen takes the camera's place. Called by a tap. */
  onShare(): void
}

/** Microphone, camera, screen and devices of whoever is on stage. */
export const Controls = observed<ControlsProps>(({ publisher, switches, inputs, onShare, shapes = false }) => {
  const { d } = useWords()
  const [open, setOpen] = useState(false)
  const { muted, cameraOn } = switches
  const { sharing } = inputs
  return (
    <>
      <Button
        label={muted ? d('input.unmute') : d('input.mute')}
        icon={muted ? 'mic-off' : 'mic'}
        look="round"
        pressed={muted}
        onPress={() => switches.setMuted(!muted)}
      />
      <Button
        label={cameraOn ? d('input.cameraOff') : d('input.cameraOn')}
        icon={cameraOn ? 'camera' : 'camera-off'}
        look="round"
        pressed={!cameraOn}
        disabled={sharing}
        onPress={() => switches.setCameraOn(!cameraOn)}
      />
      <Button
        label={sharing ? d('input.unshare') : d('input.share')}
        icon={sharing ? 'screen-off' : 'screen'}
        look="round"
        pressed={sharing}
        onPress={() => (sharing ? inputs.stopSharing() : onShare())}
      />
      <Button label={d('input.open')} icon="settings" look="round" onPress={() => setOpen(true)} />
      {inputs.screenRefused && (
        <p class="problem" role="alert">
          {d('input.refused')}
        </p>
      )}
      {open && (
        <Dialog title={d('input.open')} onClose={() => setOpen(false)}>
          <DeviceForm publisher={publisher} inputs={inputs} shapes={shapes} />
        </Dialog>
      )}
    </>
  )
})

const MODES = ['SD', 'HD', 'FHD'] as const
const SHAPES = [
  ['vertical', 'setup.standing'],
  ['horizontal', 'setup.lying'],
] as const

/** Which devices, and what picture they make. */
export const DeviceForm = observed<DeviceProps>(({ publisher, inputs, shapes }) => {
  const { d } = useWords()
  return (
    <div class="form">
      <Choice
        label={d('input.camera')}
        inputs={inputs.cameras}
        chosen={inputs.camera}
        choose={(id) => inputs.choose('camera', id)}
      />
      <Choice
        label={d('input.microphone')}
        inputs={inputs.microphones}
        chosen={inputs.microphone}
        choose={(id) => inputs.choose('microphone', id)}
      />
      {shapes && (
        <fieldset class="segments">
          <legend>{d('setup.shape')}</legend>
          {SHAPES.map(([orientation, word]) => (
            <label key={orientation}>
              <input
                type="radio"
                name="shape"
                checked={publisher.orientation === orientation}
                onChange={() => publisher.setOrientation(orientation)}
              />
              {d(word)}
            </label>
          ))}
        </fieldset>
      )}
      <fieldset class="segments">
        <legend>{d('setup.quality')}</legend>
        {MODES.map((mode) => (
          <label key={mode}>
            <input
              type="radio"
              name="quality"
              checked={publisher.chosenMode === mode}
              onChange={() => publisher.setMode(mode)}
            />
            {d(`setup.${mode}`)}
          </label>
        ))}
      </fieldset>
    </div>
  )
})

interface ChoiceProps {
  label: string
  inputs: readonly Input[]
  chosen: string
  choose(id: string): void
}

const Choice = ({ label, inputs, chosen, choose }: ChoiceProps) => {
  const { d } = useWords()
  // A device that is not plugged in now is not forgotten.
  const known = inputs.some(({ id }) => id === chosen)
  return (
    <label class="field">
      {label}
      <select value={known ? chosen : ''} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">{d('input.default')}</option>
        {inputs.map((input, i) => (
          <option key={input.id} value={input.id}>
            {input.label || `${label} ${i + 1}`}
          </option>
        ))}
      </select>
    </label>
  )
}
