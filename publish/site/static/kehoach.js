// What pages do beyond links and forms; everything works without it.

// A choice in a form marked data-auto shows at once.
document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto]");
    if (form && event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
});

// Buttons marked data-print print the page; without scripts those that are hidden stay so.
for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
});

// In a box marked data-submit, Ctrl+Enter or Shift+Enter sends its form.
document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.shiftKey || event.metaKey)) return;
    if (!event.target.matches("[data-submit]")) return;
    event.preventDefault();
    event.target.form.requestSubmit();
});

// Buttons marked data-copy put the text of the element of that id on the clipboard; without scripts they stay hidden.
for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
        const text = document.getElementById(button.dataset.copy);
        getSelection().selectAllChildren(text);
        try {
            await navigator.clipboard.writeText(text.textContent);
        } catch {
            document.execCommand("copy"); // a site without https has no clipboard; the selection works there too
        }
        button.textContent = button.dataset.done;
    });
}
