import { testRecordRoutes } from "../lib/record-routes.suite.ts";

testRecordRoutes("host");
