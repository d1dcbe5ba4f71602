import { testRecordRoutes } from "../record-routes.suite.ts";

testRecordRoutes("host");
