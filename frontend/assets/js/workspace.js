// The workspace: the same components, started again in what htmx swaps in, and a warning before typed text is lost.
import { start } from './components.js'

start(document)
document.addEventListener('htmx:load', (event) => { if (event.detail.elt !== document.body) start(event.detail.elt.parentElement ?? document) })

const changed = new Set()
document.addEventListener('input', (event) => { const form = event.target.form; if (form?.method === 'post') changed.add(form) })
document.addEventListener('submit', (event) => changed.delete(event.target))
document.addEventListener('htmx:afterRequest', (event) => { if (event.detail.successful) changed.delete(event.detail.elt.closest('form')) })
window.addEventListener('beforeunload', (event) => {
  if ([...changed].some((form) => form.isConnected)) event.preventDefault()
})
