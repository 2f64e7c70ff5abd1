import type { PkDoc, RoomDoc } from '../../core/documents'
import { MIX_DUE } from '../../core/mixing/state'
import type { PkStore } from '../../core/pk/store'
import type { Collections } from './collections'

/** PKs on CloudBase's document database: each a document of its own, and a copy of what each side needs in its room. */
export function createPkStore({ _, rooms, pks, one, change, insert, find }: Collections): PkStore {
  const changePk = (guard: object, data: object): Promise<PkDoc | null> => change<PkDoc>(pks, guard, data)
  const changeRoom = (guard: object, data: object): Promise<RoomDoc | null> => change<RoomDoc>(rooms, guard, data)
  /** Everybody sees it, and the mixed picture follows. */
  const seen = { version: _.inc(1), mixAt: _.min(MIX_DUE) }

  return {
    insertPk: (pk) => insert(pks, pk),
    pk: (pkId) => one<PkDoc>(pks, pkId),
    beginPk: (pkId, now, endsAt) =>
      changePk({ _id: pkId, state: 'asked', endsAt: _.gt(now) }, { state: 'on', startedAt: now, endsAt, sweepAt: now }),
    endPk: (pkId, from, now, dueBy) =>
      changePk(
        { _id: pkId, state: _.in([...from]), ...(dueBy === undefined ? {} : { endsAt: _.lte(dueBy) }) },
        { state: 'over', endedAt: now, sweepAt: now },
      ),
    async lookAtPk({ _id, state, sweepAt }, next) {
      await changePk({ _id, state, sweepAt }, { sweepAt: next })
    },
    pksDue: (now, limit) => find<PkDoc>(pks, { sweepAt: _.gt(0).and(_.lte(now)) }, limit),
    async removeOldPks(before) {
      await pks.where({ state: 'over', sweepAt: 0, endedAt: _.lt(before) }).remove()
    },

    // An object would be merged into the old value, field by field: `set` replaces it.
    claimPk: (roomId, pk) => changeRoom({ _id: roomId, state: 'live', pk: null }, { pk: _.set(pk), ...seen }),
    raisePk: (roomId, pkId, on) =>
      changeRoom(
        { _id: roomId, 'pk.pkId': pkId, 'pk.state': _.neq('on') },
        { ...Object.fromEntries(Object.entries(on).map(([name, value]) => [`pk.${name}`, value])), ...seen },
      ),
    setRivalStream: (roomId, pkId, stream) =>
      changeRoom(
        { _id: roomId, 'pk.pkId': pkId, 'pk.state': 'on', 'pk.rivalStream': _.neq(stream) },
        { 'pk.rivalStream': stream, ...seen },
      ),
    setRivalScore: (roomId, pkId, score) =>
      changeRoom(
        { _id: roomId, 'pk.pkId': pkId, 'pk.state': 'on', 'pk.rivalScore': _.lt(score) },
        { 'pk.rivalScore': _.max(score) },
      ),
    clearPk: (roomId, pkId) => changeRoom({ _id: roomId, 'pk.pkId': pkId }, { pk: _.set(null), ...seen }),
  }
}
