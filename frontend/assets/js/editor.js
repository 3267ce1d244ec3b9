// The editor of a rich text: headings, lists, quotations and links, and nothing that a page would not show.
// It writes into the text area that it stands in for; without a script the text area itself is used.
import { Editor } from '@tiptap/core'
import { TableKit } from '@tiptap/extension-table'
import StarterKit from '@tiptap/starter-kit'

const extensions = [
  StarterKit.configure({
    code: false,
    codeBlock: false,
    strike: false,
    underline: false,
    horizontalRule: false,
    heading: { levels: [2, 3, 4] },
    link: { openOnClick: false, autolink: true, protocols: ['mailto', 'tel'], HTMLAttributes: { rel: null, target: null, class: null } }
  }),
  TableKit.configure({ table: { resizable: false } }) // A table that came from elsewhere is kept.
]

const actions = {
  bold: [(chain) => chain.toggleBold(), (editor) => editor.isActive('bold')],
  italic: [(chain) => chain.toggleItalic(), (editor) => editor.isActive('italic')],
  heading: [(chain) => chain.toggleHeading({ level: 2 }), (editor) => editor.isActive('heading', { level: 2 })],
  subheading: [(chain) => chain.toggleHeading({ level: 3 }), (editor) => editor.isActive('heading', { level: 3 })],
  bullets: [(chain) => chain.toggleBulletList(), (editor) => editor.isActive('bulletList')],
  numbers: [(chain) => chain.toggleOrderedList(), (editor) => editor.isActive('orderedList')],
  quote: [(chain) => chain.toggleBlockquote(), (editor) => editor.isActive('blockquote')],
  undo: [(chain) => chain.undo()],
  redo: [(chain) => chain.redo()]
}

class RichTextEditor {
  constructor (area) {
    this.area = area
    this.root = area.closest('[data-rich-text-field]')
    this.toolbar = this.root.querySelector('[role="toolbar"]')
    this.linkRow = this.root.querySelector('[data-link-row]')
    this.address = this.linkRow.querySelector('input')
    this.label = document.querySelector(`label[for="${area.id}"]`)
    this.editor = this.makeEditor()
    area.hidden = true
    this.toolbar.hidden = false
    this.buttons = [...this.toolbar.querySelectorAll('button')]
    this.toolbar.addEventListener('click', (event) => this.press(event))
    this.toolbar.addEventListener('keydown', (event) => this.move(event))
    this.linkRow.addEventListener('click', (event) => this.link(event))
    this.address.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') { event.preventDefault(); this.setLink(this.address.value.trim()) }
      if (event.key === 'Escape') this.closeLink()
    })
    this.label?.addEventListener('click', () => this.editor.commands.focus())
    this.show()
  }

  makeEditor () {
    const { area, label } = this
    const attributes = { class: 'y-editor__text y-prose', role: 'textbox', 'aria-multiline': 'true', id: `${area.id}-editor` }
    if (label) { label.id ||= `${area.id}-label`; attributes['aria-labelledby'] = label.id }
    for (const name of ['aria-describedby', 'aria-invalid', 'lang']) if (area.hasAttribute(name)) attributes[name] = area.getAttribute(name)
    return new Editor({
      element: this.root.querySelector('[data-editor]'),
      extensions,
      content: area.value,
      injectCSS: false,
      editorProps: { attributes },
      onUpdate: ({ editor }) => {
        area.value = editor.isEmpty ? '' : editor.getHTML()
        area.dispatchEvent(new Event('input', { bubbles: true }))
      },
      onTransaction: () => this.show()
    })
  }

  /** Say which buttons are pressed; the first one keeps the toolbar's place in the order of Tab. */
  show () {
    if (!this.buttons || !this.editor) return
    for (const button of this.buttons) {
      const isActive = button.dataset.do === 'link' ? this.editor.isActive('link') : actions[button.dataset.do]?.[1]?.(this.editor)
      if (isActive !== undefined) button.setAttribute('aria-pressed', String(isActive))
    }
  }

  press (event) {
    const name = event.target.closest('button')?.dataset.do
    if (name === 'link') return this.openLink()
    if (name) actions[name][0](this.editor.chain().focus()).run()
  }

  move (event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    const at = this.buttons.indexOf(document.activeElement)
    const next = this.buttons[(at + step + this.buttons.length) % this.buttons.length]
    for (const button of this.buttons) button.tabIndex = button === next ? 0 : -1
    next.focus()
  }

  openLink () {
    this.linkRow.hidden = false
    this.address.value = this.editor.getAttributes('link').href ?? ''
    this.address.focus()
  }

  closeLink () {
    this.linkRow.hidden = true
    this.editor.commands.focus()
  }

  link (event) {
    const name = event.target.closest('button')?.dataset.link
    if (name === 'set') this.setLink(this.address.value.trim())
    if (name === 'remove') this.setLink('')
    if (name === 'close') this.closeLink()
  }

  setLink (address) {
    const chain = this.editor.chain().focus().extendMarkRange('link')
    const href = /^[a-z]+:|^\//i.test(address) ? address : address.includes('@') ? `mailto:${address}` : `https://${address}`
    if (!address) chain.unsetLink().run()
    else if (this.editor.state.selection.empty && !this.editor.isActive('link')) {
      chain.insertContent({ type: 'text', text: address, marks: [{ type: 'link', attrs: { href } }] }).run()
    } else chain.setLink({ href }).run()
    this.closeLink()
  }
}

const start = (scope) => {
  for (const area of scope.querySelectorAll('textarea[data-rich-text]:not([hidden])')) new RichTextEditor(area)
}
start(document)
document.addEventListener('htmx:load', (event) => start(event.detail.elt.parentElement ?? document))
