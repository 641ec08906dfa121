// Everything works without this file. It saves a few steps.

// « Revenir en arrière » on a page that refuses something: what was typed is still in the form.
for (const button of document.querySelectorAll("[data-back]")) {
  button.hidden = false;
  button.addEventListener("click", () => history.back());
}

// A form is sent once, however often its button is pressed.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent && !form.dataset.download) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 4000);
  });
}

// « Imprimer ».
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// A choice that changes the page is followed at once; its button is there without scripts.
for (const field of document.querySelectorAll("[data-submits]")) {
  field.addEventListener("change", () => field.form.requestSubmit());
}

// Tick all the rows of a table.
for (const all of document.querySelectorAll("[data-ticks]")) {
  all.closest("[hidden]")?.removeAttribute("hidden");
  all.addEventListener("change", () => {
    for (const box of document.querySelectorAll(`input[name="${all.dataset.ticks}"]`)) box.checked = all.checked;
  });
}

// The progress of a long work: the part is replaced while it lasts, then the page is shown whole.
const follow = async (part) => {
  await new Promise((wait) => setTimeout(wait, Number(part.dataset.follows)));
  const answer = await fetch(location.href);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
  if (!fresh) return location.reload();
  part.innerHTML = fresh.innerHTML;
  follow(part);
};
for (const part of document.querySelectorAll("[data-follows]")) follow(part);

// The summary of errors takes the focus, so that it is read first.
document.querySelector(".errors")?.focus();

// One minute before the lock, say so; moving on keeps pex open.
const idle = Number(document.body.dataset.idle);
const notice = document.querySelector(".idle-notice");
if (idle && notice) {
  let timer;
  const start = () => {
    clearTimeout(timer);
    timer = setTimeout(() => { notice.hidden = false; }, (idle - 60) * 1000);
  };
  notice.querySelector("button").addEventListener("click", async () => {
    const answer = await fetch("/rester/", { method: "GET", headers: { Accept: "text/plain" } });
    if (answer.ok) { notice.hidden = true; start(); } else location.reload();
  });
  start();
}
