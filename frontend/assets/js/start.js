// Public pages.
import { start } from './components.js'

start(document)
