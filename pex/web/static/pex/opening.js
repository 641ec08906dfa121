// Presses « Ouvrir pex », so that opening takes no click. Without scripts the button is there.
document.getElementById("ouvrir").requestSubmit();
