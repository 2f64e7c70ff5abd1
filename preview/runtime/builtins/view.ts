import { defineBuiltin } from './define'

export const view = defineBuiltin({ tag: 'view', wxml: '<slot />', props: {} })
