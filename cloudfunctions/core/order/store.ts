/** What the rules of sanctions, admins and the last lines of the chat ask of the database, each call one guarded change (see `RoomStore`). */
// biome-ignore lint/suspicious/noEmptyInterface: its methods come with the part
export interface OrderStore {}
