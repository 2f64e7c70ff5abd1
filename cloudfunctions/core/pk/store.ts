/** What the rules of PKs ask of the database, each call one guarded change (see `RoomStore`). */
// biome-ignore lint/suspicious/noEmptyInterface: its methods come with the part
export interface PkStore {}
