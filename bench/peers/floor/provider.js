/** A dynamic provider that only waits: what the engine and its host take for resources of this size. */
const wait = () => new Promise((resolve) => setTimeout(resolve, Number(process.env.FLOOR_LATENCY_MS)));

module.exports = {
  check: async (_olds, inputs) => ({ inputs, failures: [] }),
  diff: async (_id, olds, inputs) => ({ changes: olds.scheduledTime !== inputs.scheduledTime }),
  create: async (inputs) => {
    await wait();
    return { id: inputs.taskName.padEnd(32, "0"), outs: inputs };
  },
  read: async (id, props) => {
    await wait();
    return { id, props };
  },
  update: async (_id, _olds, outs) => {
    await wait();
    return { outs };
  },
  delete: wait,
};
