import { env } from "cloudflare:workers";
import { testRecordRoutes } from "../../lib/record-routes.suite.ts";

testRecordRoutes("host", env.HOST_KV);
