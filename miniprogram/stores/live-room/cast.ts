import type { Device } from '../../services/device/port'
import type { Lease } from '../lease'
import type { Publisher } from '../media/publisher'
import { Desk } from '../room/desk/desk'
import type { Side, SideDeps } from '../room/side'
import { RoomStage } from '../room/stage/stage'
import { AnchorSide } from './anchor-side'
import { AudienceSide } from './audience-side'
import { ViewerLink } from './link/link-mic'

export interface CastDeps extends Omit<SideDeps, 'stage'> {
  device: Device
  pusherLease: Lease
  me(): string
}

/** The stage of a room, and what being an anchor or a viewer makes different on it. */
export interface Cast {
  readonly stage: RoomStage
  readonly desk: Desk
  readonly side: Side
  /** A viewer's way to the stage; null for the anchor, whose stage it is. */
  readonly link: ViewerLink | null
  /** The anchor's camera; null for the audience. */
  readonly publisher: Publisher | null
}

export function castOf(role: 'anchor' | 'audience', deps: CastDeps): Cast {
  const { api, device } = deps
  const { canShowMedia } = device
  const desk = new Desk({ ...deps, role })
  if (role === 'anchor') {
    const rival = async (roomId: string) => (await api.call('pk.play', { roomId })).rival?.flv ?? ''
    const stage: RoomStage = new RoomStage({ ...deps, canShowMedia, rival, camera: () => side.camera.publisher })
    const side = new AnchorSide({ ...deps, stage })
    return { stage, desk, side, link: null, publisher: side.camera.publisher }
  }
  // A viewer has a camera from the moment that a seat is his.
  const camera = () => ('seat' in link.state ? link.camera.publisher : null)
  const stage: RoomStage = new RoomStage({ ...deps, canShowMedia, rival: null, camera })
  const link = new ViewerLink({ ...deps, onPlays: (plays) => stage.go(plays) })
  return { stage, desk, side: new AudienceSide({ ...deps, stage, link }), link, publisher: null }
}
