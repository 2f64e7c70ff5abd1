import { button } from './button'
import { canvas } from './canvas'
import { checkbox, checkboxGroup, radio, radioGroup } from './choice'
import { coverView } from './cover-view'
import type { BuiltinDef } from './define'
import { form } from './form'
import { icon } from './icon'
import { coverImage, image } from './image'
import { input } from './input'
import { label } from './label'
import { livePlayer } from './live-player'
import { livePusher } from './live-pusher'
import { navigator } from './navigator'
import { progress } from './progress'
import { rootPortal } from './root-portal'
import { scrollView } from './scroll-view'
import { slider } from './slider'
import { switchControl } from './switch'
import { text } from './text'
import { textarea } from './textarea'
import { video } from './video'
import { view } from './view'

/** Every tag that a template may use besides components; any other fails the build. */
export const builtins: readonly BuiltinDef[] = [
  button,
  canvas,
  checkbox,
  checkboxGroup,
  coverImage,
  coverView,
  form,
  icon,
  image,
  input,
  label,
  livePlayer,
  livePusher,
  navigator,
  progress,
  radio,
  radioGroup,
  rootPortal,
  scrollView,
  slider,
  switchControl,
  text,
  textarea,
  video,
  view,
] as readonly BuiltinDef[]
