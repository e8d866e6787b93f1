// Log out, the language, the login form, and the sign that the line to the server is lost.
const api = (method, path, body) =>
  fetch("/api/v1" + path, {
    method,
    headers: body ? { "Content-Type": "application/json" } : {},
    body: body ? JSON.stringify(body) : undefined,
  });

document.addEventListener("click", async (event) => {
  const language = event.target.closest("[data-language]");
  if (language && language.dataset.shown) {
    await api("PATCH", "/me", { shown: language.dataset.shown, language: language.dataset.language });
    location.reload();
  }
  if (event.target.closest("[data-logout]")) {
    await api("POST", "/logout");
    location.href = "/login";
  }
});

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-login]");
  if (!form) return;
  event.preventDefault();
  const why = form.querySelector(".why");
  const button = form.querySelector("button");
  button.disabled = true;
  why.textContent = "";
  try {
    const answer = await api("POST", "/login", { name: form.elements.name.value, password: form.elements.password.value });
    if (answer.ok) {
      const next = new URLSearchParams(location.search).get("next") || "/runs";
      // A path of this site alone: two slashes would begin another host.
      location.href = /^\/(?![\/\\])/.test(next) ? next : "/runs";
      return;
    }
    const problem = await answer.json();
    why.textContent = problem.status === 429 || problem.status >= 500 ? problem.detail : form.dataset.wrong;
  } catch {
    why.textContent = form.dataset.unreached;
  }
  button.disabled = false;
  form.elements.password.select();
});

const watchLine = () => {
  const socket = window.socket;
  if (!socket) return setTimeout(watchLine, 200);
  socket.on("disconnect", () => document.body.classList.add("no-line"));
  socket.on("connect", () => document.body.classList.remove("no-line"));
};
watchLine();
