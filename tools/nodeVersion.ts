/** Stops an older Node. Imported before everything that would fail there with a message that nobody understands. */
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 13)) {
  console.error(`error: huaweicloud-workspace needs Node 22.13 or newer, and this is ${process.versions.node}`);
  process.exit(1);
}
