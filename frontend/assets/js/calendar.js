// A day is typed, 27.11.2026. Where the browser has a calendar, a button beside the field opens it.
const ICON = '<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="M4 6h16v14H4zM4 10.500h16M8 3v5M16 3v5"/></svg>'

/** Give each day field under `scope` its calendar. */
export function calendars (scope) {
  if (!('showPicker' in HTMLInputElement.prototype)) return
  for (const field of scope.querySelectorAll('input[data-calendar]')) {
    const label = field.dataset.calendar
    delete field.dataset.calendar
    if (field.disabled || field.readOnly) continue
    const wrapper = Object.assign(document.createElement('span'), { className: 'y-calendar' })
    const button = Object.assign(document.createElement('button'), { type: 'button', title: label, innerHTML: ICON })
    button.setAttribute('aria-label', label)
    const picker = Object.assign(document.createElement('input'), { type: 'date', tabIndex: -1 })
    picker.setAttribute('aria-hidden', 'true')
    field.replaceWith(wrapper)
    wrapper.append(field, button, picker)
    button.addEventListener('click', () => {
      const [day, month, year] = field.value.trim().split('.')
      picker.value = year ? `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : ''
      picker.showPicker()
    })
    picker.addEventListener('change', () => {
      const [year, month, day] = picker.value.split('-').map(Number)
      field.value = day ? `${day}.${month}.${year}` : ''
      field.dispatchEvent(new Event('input', { bubbles: true }))
      field.dispatchEvent(new Event('change', { bubbles: true }))
      field.focus()
    })
  }
}
