// Step by step, and read aloud by the browser's own voice. Without this file everything is on the page.
const frise = document.getElementById("frise");
const slides = [...frise.querySelectorAll("[data-slide]")];
const mode = document.getElementById("mode");
const turn = document.getElementById("tourner");
const place = document.getElementById("place");
const before = document.getElementById("avant");
const after = document.getElementById("apres");
let shown = Math.max(0, slides.findIndex((slide) => slide.getAttribute("aria-current") === "step"));
let oneByOne = false;

function show(index) {
  shown = Math.min(Math.max(index, 0), slides.length - 1);
  slides.forEach((slide, i) => slide.classList.toggle("shown", i === shown));
  place.textContent = `${shown + 1} sur ${slides.length}`;
  before.disabled = shown === 0;
  after.disabled = shown === slides.length - 1;
  quiet();
}

mode.hidden = false;
mode.addEventListener("click", () => {
  oneByOne = !oneByOne;
  frise.classList.toggle("one-by-one", oneByOne);
  mode.setAttribute("aria-pressed", String(oneByOne));
  turn.hidden = !oneByOne;
  show(shown);
});
before.addEventListener("click", () => show(shown - 1));
after.addEventListener("click", () => show(shown + 1));
document.addEventListener("keydown", (event) => {
  if (!oneByOne || event.target.closest("input, textarea, select")) return;
  if (event.key === "ArrowRight") show(shown + 1);
  if (event.key === "ArrowLeft") show(shown - 1);
});

// Only a voice of this PC: a voice of the Internet would send the words away.
const read = document.getElementById("lire");
let reading = false;

function voice() {
  return speechSynthesis.getVoices().find((one) => one.localService && one.lang.startsWith("fr"));
}

function quiet() {
  reading = false;
  if (window.speechSynthesis) speechSynthesis.cancel();
  document.querySelectorAll(".read-now").forEach((one) => one.classList.remove("read-now"));
  read.querySelector("span").textContent = "Lire à voix haute";
}

function say(index) {
  const slide = slides[index];
  if (!reading || !slide) return quiet();
  document.querySelectorAll(".read-now").forEach((one) => one.classList.remove("read-now"));
  slide.classList.add("read-now");
  if (!oneByOne) slide.scrollIntoView({ block: "center" });
  const words = new SpeechSynthesisUtterance(slide.innerText.replace(/\n+/g, ". "));
  words.voice = voice();
  words.lang = "fr-FR";
  words.rate = 0.9;
  words.onend = () => (oneByOne ? quiet() : say(index + 1));
  speechSynthesis.speak(words);
}

if (window.speechSynthesis) {
  const offer = () => { read.hidden = !voice(); };
  offer();
  speechSynthesis.addEventListener("voiceschanged", offer);
  read.addEventListener("click", () => {
    if (reading) return quiet();
    reading = true;
    read.querySelector("span").textContent = "Arrêter";
    say(oneByOne ? shown : Math.max(0, shown));
  });
  addEventListener("pagehide", quiet);
}
