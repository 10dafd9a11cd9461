import { namePattern } from "./namePattern";

test.each([
  ["nightly", "nightly", true],
  ["nightly", "nightly-2", false],
  ["nightly", "my nightly", false],
  ["night*", "nightly", true],
  ["*stop", "evening-stop", true],
  ["*stop", "stopped", false],
  ["a*c*e", "abcde", true],
  ["*", "", true],
  ["*", "two\nlines", true],
  ["v1.2", "v1x2", false],
  ["(a|b)[c]+?", "(a|b)[c]+?", true],
])("%j names %j: %s", (pattern, name, expected) => expect(namePattern(pattern).test(name)).toBe(expected));
