import { isMarked, marked, unmarked } from "./ownerMark";

test.each(["", " ", " after work", "after work", "[acme/prod]"])(
  "%j is the same again without its mark",
  (description) => {
    const task = marked({ description }, "acme/prod");
    expect(isMarked(task, "acme/prod")).toBe(true);
    expect(unmarked(task, "acme/prod")).toEqual({ description });
  },
);

test("a body without a description gets none", () => {
  expect(marked({ enable: false }, "acme/prod")).toEqual({ enable: false });
});
