// Starts the govuk-frontend components that a page has. A module file: no inline script is allowed.
import { Button } from 'govuk-frontend/dist/govuk/components/button/button.mjs'
import { CharacterCount } from 'govuk-frontend/dist/govuk/components/character-count/character-count.mjs'
import { ErrorSummary } from 'govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs'
import { NotificationBanner } from 'govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs'
import { PasswordInput } from 'govuk-frontend/dist/govuk/components/password-input/password-input.mjs'

const components = [ErrorSummary, NotificationBanner, Button, CharacterCount, PasswordInput]

/** Start every component under `scope` that has not been started. */
export function start (scope = document) {
  document.body.classList.add('js-enabled', 'govuk-frontend-supported')
  for (const Component of components) {
    for (const element of scope.querySelectorAll(`[data-module="${Component.moduleName}"]`)) {
      if (element.hasAttribute(`data-${Component.moduleName}-init`)) continue
      try { new Component(element) } catch (error) { console.warn(error) } // A component that fails leaves plain HTML.
    }
  }
}

start()
document.addEventListener('htmx:load', (event) => start(event.detail.elt.parentElement ?? document))
