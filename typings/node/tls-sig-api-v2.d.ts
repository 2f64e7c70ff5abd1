/**
 * Tencent's own signer of UserSig 1.0.2, which ships no types. Imported by its file, because jest's resolver refuses the
 * package's package.json (it says `main` twice).
 */
declare module 'tls-sig-api-v2/TLSSigAPIv2.js' {
  export class Api {
    constructor(sdkAppId: number, secretKey: string)
    /** `expire` in seconds from now. */
    genUserSig(userId: string, expire: number): string
    genPrivateMapKey(userId: string, expire: number, roomId: number, privilegeMap: number): string
    genPrivateMapKeyWithStringRoomID(userId: string, expire: number, roomId: string, privilegeMap: number): string
  }
}
