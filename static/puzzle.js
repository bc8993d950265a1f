"use strict";
/* The browser works something out while its reader writes, and the question is not asked. Where
   that fails the question comes back: see foundation/puzzle.py. */
{
  const LONGEST = 30_000; // milliseconds
  const token = document.querySelector("[data-puzzle]");
  const question = token?.form.elements[token.name.replace("question_token", "answer")];
  const field = question?.closest(".field");
  const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  const hex = (some) => Array.from(some, (one) => one.toString(16).padStart(2, "0")).join("");

  const solve = async ({ parameters, signature }) => {
    const { nonce, salt, cost, keyLength, keyPrefix } = parameters;
    const password = new Uint8Array([...bytes(nonce), 0, 0, 0, 0]);
    const place = new DataView(password.buffer, password.length - 4);
    const way = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost };
    const until = performance.now() + LONGEST;
    for (let counter = 0; performance.now() < until; counter++) {
      place.setUint32(0, counter);
      const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
      const bits = await crypto.subtle.deriveBits(way, key, 8 * keyLength);
      const derivedKey = hex(new Uint8Array(bits));
      if (!derivedKey.startsWith(keyPrefix)) continue;
      const challenge = { parameters, signature };
      return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey } }));
    }
    throw new Error("It took too long.");
  };

  const begin = (form) => {
    const proof = document.createElement("input");
    let work = null;
    proof.type = "hidden";
    proof.name = token.name.replace("question_token", "proof");
    form.append(proof);
    field.hidden = true;
    const start = () => (work ??= solve(JSON.parse(token.dataset.puzzle)).then(
      (found) => { proof.value = found; },
      () => { field.hidden = false; },
    ));
    form.addEventListener("focusin", start, { once: true });
    form.addEventListener("submit", async (event) => {
      if (proof.value || !field.hidden) return;
      event.preventDefault();
      await start();
      if (proof.value) form.requestSubmit(event.submitter);
      else question.focus();
    });
  };

  // Whose answer was refused is asked, and whoever comes by plain HTTP: there is no Web Crypto.
  if (field && window.crypto?.subtle && !field.classList.contains("field-wrong")) begin(token.form);
}
