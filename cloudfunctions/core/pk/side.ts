import type { RoomDoc, RoomPk } from '../documents'

/** The rival's stream while there is a PK and its picture is on, or ''. Play it by an ordinary play URL. */
export const rivalStreamOf = ({ pk }: Pick<RoomDoc, 'pk'>): string => (pk?.state === 'on' ? pk.rivalStream : '')

/** Likes of this room since its PK began; 0 outside of one. */
export const ownScore = ({ pk, likes }: Pick<RoomDoc, 'pk' | 'likes'>): number =>
  pk?.state === 'on' ? Math.max(0, likes - pk.likesBefore) : 0

/** Both scores as this room knows them: the rival's side tells its own. */
export const scoresOf = (room: Pick<RoomDoc, 'pk' | 'likes'>): { own: number; rival: number } | null =>
  room.pk?.state === 'on' ? { own: ownScore(room), rival: room.pk.rivalScore } : null

/** A question for a PK as one side keeps it. */
export const sideOf = (
  { pkId, endsAt }: { pkId: string; endsAt: number },
  state: 'invited' | 'asked',
  rival: RoomDoc,
): RoomPk => ({
  pkId,
  state,
  rivalId: rival._id,
  rivalTitle: rival.title,
  rivalAnchorId: rival.anchorId,
  rivalAnchorName: rival.anchorName,
  rivalStream: '',
  likesBefore: 0,
  rivalScore: 0,
  startedAt: 0,
  endsAt,
})
