// Slidev loads this file before it makes its router, and most of the addon only with the first slide.
import "../pass.js";

export default () => {};
