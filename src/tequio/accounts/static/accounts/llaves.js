// Passkeys: a form marked data-passkey appears where the browser has them, and what replaces it goes away.
// Its options come with the page, or are asked of the form's address when the person presses the button.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const written = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const known = (keys = []) => keys.map((key) => ({ ...key, id: bytes(key.id) }));

const ask = {
  create: ({ challenge, user, excludeCredentials, ...rest }) => ({
    ...rest,
    challenge: bytes(challenge),
    user: { ...user, id: bytes(user.id) },
    excludeCredentials: known(excludeCredentials),
  }),
  get: ({ challenge, allowCredentials, ...rest }) => ({
    ...rest,
    challenge: bytes(challenge),
    allowCredentials: known(allowCredentials),
  }),
};

const answer = (key) => {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (key.response[part]) response[part] = written(key.response[part]);
  }
  const { id, type } = key;
  return { id, type, rawId: written(key.rawId), response, clientExtensionResults: key.getClientExtensionResults() };
};

const options = async (form) => {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const headers = { "X-Requested-With": "XMLHttpRequest" };
  return (await (await fetch(form.action, { headers })).json()).request_options;
};

for (const form of window.PublicKeyCredential ? document.querySelectorAll("[data-passkey]") : []) {
  const act = form.dataset.passkey;
  form.hidden = false;
  for (const other of document.querySelectorAll("[data-without-passkey]")) other.hidden = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const { publicKey } = await options(form);
      const key = await navigator.credentials[act]({ publicKey: ask[act](publicKey) });
      form.elements.credential.value = JSON.stringify(answer(key));
      form.submit();
    } catch {
      form.querySelector("[role=alert]").hidden = false;
    }
  });
}
