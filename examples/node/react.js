import { findSession, joinSession } from "revint/client";

const [link = "", reaction = "👍"] = process.argv.slice(2);
if (!URL.canParse(link)) {
  console.error('Say where the deck\'s QR code leads: npm start -- "https://…/482913" 👏');
  process.exit(1);
}
const { origin, pathname } = new URL(link);

function fail(error) {
  console.error(error.message);
  process.exit(1);
}

const sessionUid = await findSession(pathname.slice(1), { apiUrl: origin }).catch(fail);
// Nothing of this person is kept: the next run is somebody else.
const session = joinSession(sessionUid, { apiUrl: origin, storage: null });
session.on("refused", ({ error }) => fail(error));
session.on("kept", ({ page, reaction }) => {
  console.log(`${reaction} is kept, on page ${page}.`);
  session.close();
});
await session.ready.catch(fail);
// On the page that the deck is on.
session.react(reaction);
