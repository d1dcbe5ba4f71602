/* The page is whole without it: this adds what only its address tells. */
for (const place of document.querySelectorAll("[data-origin]")) place.textContent = location.origin;

/* Whoever has the link of a session without its path wants to join it. */
const session = new URLSearchParams(location.search).get("session");
if (session) location.replace(`/join?${new URLSearchParams({ session })}`);
