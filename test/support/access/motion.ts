import { nameOfPlace, screenOf } from './seen'

/** What still moves although the phone asks for little motion. */
export function motionFaults(): string[] {
  return document.getAnimations().flatMap((animation) => {
    const effect = animation.effect
    const target = effect instanceof KeyframeEffect ? effect.target : null
    if (animation.playState !== 'running' || !target || !screenOf().contains(target)) return []
    return [`motion: ${nameOfPlace(target)} runs ${'animationName' in animation ? animation.animationName : 'on'}`]
  })
}
