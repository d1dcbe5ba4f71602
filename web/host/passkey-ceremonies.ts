/* Of the library only what is used, since this is loaded as a whole when it is needed. */
export { startAuthentication, startRegistration } from "@simplewebauthn/browser";
