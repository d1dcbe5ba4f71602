import Reveal from "reveal.js";
import "reveal.js/reveal.css";
import "reveal.js/theme/white.css";
import Revint from "revint/plugin";

// A bundled plugin can't know where it was loaded from: it is told where the deployment is.
const apiUrl = import.meta.env.VITE_REVINT_URL ?? "http://127.0.0.1:8787";

Reveal.initialize({ hash: true, plugins: [Revint], revint: { apiUrl } });
