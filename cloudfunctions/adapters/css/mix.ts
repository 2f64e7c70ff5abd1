import type {
  CommonMixInputParam,
  CreateCommonMixStreamRequest,
} from 'tencentcloud-sdk-nodejs/tencentcloud/services/live/v20180801/live_models'
import type { MixLayout } from '../../core/ports'

/** Tencent's bounds: 16 inputs, of which the canvas is one; 2,000 pixels; names of 80 characters. */
const TILES_MAX = 15
const SIDE_MAX = 2000
const NAME = /^[A-Za-z0-9_]{1,80}$/

const CANVAS_INPUT = 3
const CANVAS_COLOUR = '0x000000'
/** A stream of its own, none of the inputs. */
const NEW_STREAM = 1

/**
 * A layout as `CreateCommonMixStream` takes it: a black canvas, and every tile a layer over the one before, cropped to its
 * shape rather than stretched. @throws RangeError for a layout that Tencent would refuse.
 */
export function mixRequest(session: string, layout: MixLayout, output: string): CreateCommonMixStreamRequest {
  const { width, height, tiles } = layout
  const names = [session, output, ...tiles.map(({ stream }) => stream)]
  const wrong = names.find((name) => !NAME.test(name))
  if (wrong !== undefined) throw new RangeError(`a mix cannot use the name ${wrong}`)
  if (tiles.length > TILES_MAX || Math.max(width, height) > SIDE_MAX) {
    throw new RangeError(`a mix of ${tiles.length} pictures on ${width}x${height} is too large`)
  }
  const canvas: CommonMixInputParam = {
    InputStreamName: 'canvas',
    LayoutParams: {
      ImageLayer: 1,
      InputType: CANVAS_INPUT,
      ImageWidth: width,
      ImageHeight: height,
      Color: CANVAS_COLOUR,
    },
  }
  const inputs = tiles.map(
    ({ stream, x, y, width, height }, i): CommonMixInputParam => ({
      InputStreamName: stream,
      LayoutParams: { ImageLayer: i + 2, ImageWidth: width, ImageHeight: height, LocationX: x, LocationY: y },
    }),
  )
  return {
    MixStreamSessionId: session,
    InputStreamList: [canvas, ...inputs],
    OutputParams: { OutputStreamName: output, OutputStreamType: NEW_STREAM },
    ControlParams: { UseMixCropCenter: 1 },
  }
}
