import { Hono } from "hono";
import { adminRoutes } from "./admin-routes.ts";
import { entranceRoutes } from "./entrance-routes.ts";
import { erasureRoutes } from "./erasure-routes.ts";
import { ownRoutes } from "./own-routes.ts";

/** Accounts, and who is signed in to them. */
export const accounts = new Hono<{ Bindings: HostStoreEnv }>()
  .route("/", entranceRoutes)
  .route("/", ownRoutes)
  .route("/", adminRoutes)
  .route("/", erasureRoutes);
