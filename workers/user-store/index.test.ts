import { env } from "cloudflare:workers";
import { testRecordRoutes } from "../lib/record-routes.suite.ts";

testRecordRoutes("user", env.USER_KV);
