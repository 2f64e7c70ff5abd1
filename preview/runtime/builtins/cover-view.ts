import { defineBuiltin } from './define'

export const coverView = defineBuiltin({ tag: 'cover-view', wxml: '<slot />', props: { scrollTop: 0 } })
