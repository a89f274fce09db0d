// Whoever picks another colour wants it: the radio button beside it is chosen, too.
for (const field of document.querySelectorAll('input[name="other_color"]')) {
  field.addEventListener("input", () => {
    const radio = field.closest("fieldset").querySelector('input[value="other"]');
    if (radio) radio.checked = true;
  });
}
