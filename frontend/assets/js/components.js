// Starts the components that a page has. Comfort only: without this every page is read and every form sent as well.
import { Button } from 'govuk-frontend/dist/govuk/components/button/button.mjs'
import { CharacterCount } from 'govuk-frontend/dist/govuk/components/character-count/character-count.mjs'
import { ErrorSummary } from 'govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs'
import { calendars } from './calendar.js'

const components = [ErrorSummary, Button, CharacterCount]

/** Start every component under `scope` that has not been started. */
export function start (scope) {
  document.body.classList.add('js-enabled', 'govuk-frontend-supported')
  for (const Component of components) {
    for (const element of scope.querySelectorAll(`[data-module="${Component.moduleName}"]`)) {
      if (element.hasAttribute(`data-${Component.moduleName}-init`)) continue
      try { new Component(element) } catch (error) { console.warn(error) } // One that fails leaves plain HTML.
    }
  }
  calendars(scope)
  scope.querySelector('[data-focus]')?.focus()
}
