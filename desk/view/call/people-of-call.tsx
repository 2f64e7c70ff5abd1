import type { SeatView } from '../../../miniprogram/protocol/room'
import type { RtcRoom } from '../../../miniprogram/stores/rtc-room/rtc-room'
import { Button } from '../button'
import { Face } from '../face'
import { observed } from '../observed'
import { useWords } from '../use-words'

/** Everybody in a call; who has opened it may turn others off, or send them out. */
export const PeopleOfCall = observed<{ room: RtcRoom }>(({ room }) => (
  <div class="panel">
    <ul class="rows">
      {room.room?.seats
        .filter(({ user }) => user !== null)
        .map((seat) => (
          <Person key={seat.seat} seat={seat} room={room} />
        ))}
    </ul>
  </div>
))

const Person = observed<{ seat: SeatView; room: RtcRoom }>(({ seat, room }) => {
  const { t, d } = useWords()
  const { user, handAt, away, quieted } = seat
  if (!user) return null
  const me = room.stage.places.some((place) => place.me && place.user.userId === user.userId)
  const name = user.name || t('person.unnamed')
  const state = away ? d('call.away') : handAt !== null ? d('call.handUp') : me ? t('people.me') : ''
  const { desk } = room
  return (
    <li class="row">
      <Face user={user} />
      <span class="main">
        <span class="name">{name}</span>
        <span class="sub">{state}</span>
      </span>
      {desk.mine && !me && (
        <>
          <Button
            label={t(quieted.mic ? 'desk.mic.on' : 'desk.mic.off', { name })}
            icon={quieted.mic ? 'mic-off' : 'mic'}
            look="round"
            pressed={quieted.mic}
            onPress={() => void desk.quiet(seat.seat, { ...quieted, mic: !quieted.mic })}
          />
          <Button
            label={t('desk.kick.label', { name })}
            icon="close"
            look="round"
            onPress={() => void desk.kick(user.userId)}
          />
        </>
      )}
    </li>
  )
})
