// Passkeys: asks the browser for one and sends what it answers with the form. Works on the sign-in library's options;
// its webauthn-json.js turns them into what browsers take. Without it, or when the person gives up, a sentence is shown.
const codec = window.webauthnJSON

function optionsOf (form) {
  return JSON.parse(document.getElementById(form.dataset.options).textContent)
}

async function create (form) {
  const options = optionsOf(form).creation_options
  // One that can sign in by itself where the device can hold such; else a plain second factor.
  options.publicKey.authenticatorSelection.residentKey = 'preferred'
  options.publicKey.authenticatorSelection.requireResidentKey = false
  return await codec.create(options)
}

async function confirm (form) {
  return await codec.get(optionsOf(form).request_options)
}

async function signIn (form) {
  const response = await fetch(form.action, { headers: { Accept: 'application/json' } })
  if (!response.ok) throw new Error(`The server answered ${response.status}.`)
  return await codec.get((await response.json()).request_options)
}

const ways = { create, confirm, 'sign-in': signIn }

for (const form of document.querySelectorAll('form[data-passkey]')) {
  const failure = document.getElementById(form.dataset.failure)
  const supported = Boolean(codec && window.PublicKeyCredential)
  form.hidden = !supported
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    failure.hidden = true
    try {
      const credential = await ways[form.dataset.passkey](form)
      form.elements.namedItem('credential').value = JSON.stringify(credential)
      form.submit()
    } catch (error) {
      console.warn(error)
      failure.hidden = false
      failure.focus()
    }
  })
}
