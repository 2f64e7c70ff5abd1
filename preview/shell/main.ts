import './shell.css'
import { openShell } from './shell'

openShell(document.body)
