type Instance = WechatMiniprogram.Component.TrivialInstance

/** An instance as a page may use it: the methods that are told, and what every component has. */
export type InstanceWith<Methods> = Methods &
  Pick<
    Instance,
    keyof WechatMiniprogram.Component.InstanceProperties | keyof WechatMiniprogram.Component.InstanceMethods<object>
  > &
  Pick<Instance, 'data' | 'properties'>

/** A property's values: any text or number where its default is a plain one, and else those that it names. */
type ValueOf<T> = [T] extends [''] ? string : [T] extends [number] ? number : T

/** Properties as a page keeps them in its data, to be bound by name. */
export type PropsOf<P extends Readonly<Record<string, { readonly value: unknown }>>> = {
  [K in keyof P]?: ValueOf<P[K]['value']>
}
