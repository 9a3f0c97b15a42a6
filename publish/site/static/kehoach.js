// What pages do beyond links and forms; everything works without it.

// A choice in a form marked data-auto shows at once.
document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto]");
    if (form && event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
});

// Buttons marked data-print print the page.
document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
});
