import fs from 'node:fs'
import path from 'node:path'
import { type ProjectModule, readProject } from '../../preview/build/project'
import { compileTemplates } from '../../preview/build/templates'
import type { BootedPhone } from '../../preview/runtime/boot'
import type { BuiltinDef } from '../../preview/runtime/builtins/define'
import type { Known } from '../../preview/runtime/known'
import type { AppManifest, ModuleEntry } from '../../preview/runtime/manifest'

const MINI_PROGRAM = path.resolve(__dirname, '../../miniprogram')
const HOST = '__test__/host'

export interface BootAppOptions {
  /** Folder of app.json; our mini program unless given. */
  readonly root?: string
  /** First page, `/pages/room/room?id=7`. */
  readonly page?: string
  readonly user?: string
  /** wx functions that a test replaces. */
  readonly wx?: Readonly<Record<string, unknown>>
}

/** A component as a test sees it. */
export interface Mounted {
  /** The component's own `this`. */
  readonly instance: Record<string, unknown> & { readonly data: Record<string, unknown> }
  /** Its host node. */
  readonly element: HTMLElement
  /** Events it has triggered, of the names given to `mount`. */
  readonly events: readonly { readonly name: string; readonly detail: unknown }[]
  /** What its media contexts were asked to do. */
  readonly mediaCalls: readonly MediaCall[]
  readonly phone: BootedPhone['phone']
  /** Resolves when `ready` lifetimes have run; needs real timers. */
  readonly ready: Promise<void>
  /** Changes properties as a parent would. */
  setProps(props: Readonly<Record<string, unknown>>): void
  /** Removes it from the page. */
  end(): void
}

export interface MountOptions extends Omit<BootAppOptions, 'page'> {
  /** Names of events to record. */
  readonly events?: readonly string[]
  /** WXML inside the tag. */
  readonly slot?: string
  /** Components that stand outside of the mini program: files without their extension, by path in it. */
  readonly beside?: Readonly<Record<string, string>>
}

/** A definition in place of a path. */
export interface InlineComponent {
  readonly wxml: string
  readonly definition: Readonly<Record<string, unknown>>
  /** Absolute paths by tag. */
  readonly usingComponents?: Readonly<Record<string, string>>
}

type Define = (definition: object) => void
const globals = globalThis as unknown as { App: Define; Page: Define; Component: Define }

/** A call of a context method of `<live-pusher>` or `<live-player>`. */
export interface MediaCall {
  readonly tag: string
  readonly id: string
  readonly method: string
}

type Boot = typeof import('../../preview/runtime/boot').boot

interface Fresh {
  readonly boot: Boot
  readonly known: Known
  readonly builtins: readonly BuiltinDef[]
  readonly mediaCalls: readonly MediaCall[]
}

const MEDIA = path.resolve(__dirname, '../../preview/media')

/** Stands for the media layer, which needs a real browser. */
const nothing: unknown = new Proxy(() => nothing, { get: () => nothing })

/** A media tag that shows nothing and does as it is told; tests send its events by `emit`. */
const still = (def: BuiltinDef, calls: MediaCall[]): BuiltinDef => ({
  ...def,
  attach: (host) => ({
    methods: new Proxy(
      {},
      { get: (_, method: string) => () => void calls.push({ tag: def.tag, id: host.id, method }) },
    ),
  }),
})

/** A page and a runtime without a past: modules and listeners of an earlier boot are gone. */
function fresh(): Fresh {
  jest.resetModules()
  for (const file of fs.readdirSync(MEDIA)) {
    if (file.endsWith('.ts')) jest.doMock(path.join(MEDIA, file), () => nothing)
  }
  document.documentElement.replaceChild(document.createElement('body'), document.body)
  const { describeRuntime } = require('../../preview/runtime/known') as typeof import('../../preview/runtime/known')
  const { boot } = require('../../preview/runtime/boot') as typeof import('../../preview/runtime/boot')
  const all = (require('../../preview/runtime/builtins') as typeof import('../../preview/runtime/builtins')).builtins
  const mediaCalls: MediaCall[] = []
  const builtins = all.map((def) => (def.tag.startsWith('live-') ? still(def, mediaCalls) : def))
  return { boot, known: describeRuntime(), builtins, mediaCalls }
}

/** WXML ids are attributes of the preview's DOM. */
const domSelector = (selector: string) => selector.replace(/#([\w-]+)/g, '[exparser\\:info-attr-id="$1"]')

/** The node that a WXML selector (ids, classes, `wx-view`) finds; fails when there is none. */
export function find(root: ParentNode, selector: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(domSelector(selector))
  if (!found) throw new Error(`nothing matches ${selector}`)
  return found
}

/** Taps a node as a finger would. */
export function tap(element: HTMLElement): void {
  for (const type of ['mousedown', 'mouseup', 'click']) element.dispatchEvent(new MouseEvent(type, { bubbles: true }))
}

/** Sends an event of a component or tag, as if it had triggered it itself. */
export function emit(element: HTMLElement, name: string, detail: unknown = {}): void {
  const owner = (element as { __wxElement?: { triggerEvent(name: string, detail: unknown): void } }).__wxElement
  if (!owner) throw new Error('the node belongs to no component')
  owner.triggerEvent(name, detail)
}

/** Classes keep their names, so that tests find them. */
const moduleOf = (m: ProjectModule): ModuleEntry => ({
  path: m.path,
  config: { ...m.config, styleIsolation: 'shared' },
  scope: null,
  load: () => {
    require(m.script)
  },
})

const evaluate = (code: string) => new Function(`return ${code}`)() as Record<string, unknown>

function failOn(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(problems.join('\n'))
}

const start = ({ boot, builtins }: Fresh, manifest: AppManifest, options: BootAppOptions): BootedPhone =>
  boot({
    manifest,
    builtins,
    host: document.body,
    params: new URLSearchParams({ user: options.user ?? 'alice', permissions: 'granted', page: options.page ?? '' }),
    restart: () => {
      throw new Error('a phone in a unit test cannot restart')
    },
    ...(options.wx && { wx: options.wx }),
  })

/** Boots a whole mini program in jsdom: `phone.ready`, `phone.problems`, `stack.top?.caller`. */
export function bootApp(options: BootAppOptions = {}): BootedPhone {
  const root = options.root ?? MINI_PROGRAM
  const realm = fresh()
  const project = readProject(root)
  const templates = compileTemplates(root, project.modules, realm.known, { dev: true })
  failOn([...project.problems, ...templates.problems])
  const modules = project.modules.map(moduleOf)
  const loadApp = () => require(project.appScript)
  return start(
    realm,
    { app: project.app, pages: project.pages, templates: evaluate(templates.code), modules, loadApp },
    options,
  )
}

/**
 * Puts one component on an otherwise empty page: `mount('components/like-button/like-button', { count: 3 })`. Fails on
 * unknown tags and attributes and on faults of the template.
 */
export function mount(
  target: string | InlineComponent,
  props: Readonly<Record<string, unknown>> = {},
  options: MountOptions = {},
): Mounted {
  const root = options.root ?? MINI_PROGRAM
  const realm = fresh()
  const inline = typeof target === 'string' ? null : target
  const targetPath = typeof target === 'string' ? target : '__test__/target'
  const used = inline
    ? Object.values(inline.usingComponents ?? {}).flatMap((p) => (options.beside?.[p.slice(1)] ? [] : [p.slice(1)]))
    : [targetPath]
  const project = readProject(root, { pages: [], components: used })
  const events = options.events ?? []
  const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  const attributes = [
    ...Object.keys(props).map((name) => `${kebab(name)}="{{${name}}}"`),
    ...events.map((name) => `bind:${name}="record"`),
  ]
  const hostWxml = `<target id="target" ${attributes.join(' ')}>${options.slot ?? ''}</target>`

  const recorded: { name: string; detail: unknown }[] = []
  const host: ModuleEntry = {
    path: HOST,
    config: { usingComponents: { ...project.app.usingComponents, target: `/${targetPath}` } },
    scope: null,
    load: () =>
      globals.Page({
        data: { ...props },
        record: ({ type, detail }: { type: string; detail: unknown }) => recorded.push({ name: type, detail }),
      }),
  }
  const beside = Object.entries(options.beside ?? {})
  const foreign = beside.map(
    ([name, file]): ModuleEntry => ({
      path: name,
      config: { ...JSON.parse(fs.readFileSync(`${file}.json`, 'utf8')), styleIsolation: 'shared' },
      scope: null,
      load: () => require(file),
    }),
  )
  const foreignWxml = beside.map(([name, file]) => [name, fs.readFileSync(`${file}.wxml`, 'utf8')] as const)
  const own: ModuleEntry[] = inline
    ? [
        {
          path: targetPath,
          config: { component: true, styleIsolation: 'shared', usingComponents: { ...inline.usingComponents } },
          scope: null,
          load: () => globals.Component(inline.definition),
        },
      ]
    : []
  const asProject = ({ path: name, config }: ModuleEntry) => ({ path: name, config, script: '', isPage: false })
  const templates = compileTemplates(
    root,
    [...project.modules, ...[...foreign, ...own, host].map(asProject)],
    realm.known,
    {
      dev: true,
      inline: { ...Object.fromEntries(foreignWxml), [HOST]: hostWxml, ...(inline && { [targetPath]: inline.wxml }) },
    },
  )
  failOn([...project.problems, ...templates.problems])
  const modules: ModuleEntry[] = [...project.modules.map(moduleOf), ...foreign, ...own, host]
  const manifest: AppManifest = {
    app: { ...project.app, pages: [HOST], entryPagePath: HOST },
    pages: [HOST],
    templates: evaluate(templates.code),
    modules,
    loadApp: () => globals.App({}),
  }
  const { phone, stack, end } = start(realm, manifest, options)
  const page = stack.top?.caller as unknown as {
    setData(data: object): void
    selectComponent(selector: string): (Mounted['instance'] & { _$: { $$: HTMLElement } }) | null
  }
  const instance = page.selectComponent('#target')
  if (!instance) throw new Error(`the component did not appear: ${phone.problems.join('\n')}`)
  return {
    instance,
    element: instance._$.$$,
    events: recorded,
    mediaCalls: realm.mediaCalls,
    phone,
    ready: phone.ready,
    setProps: (changed) => page.setData(changed),
    end,
  }
}
