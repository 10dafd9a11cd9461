/** Policies about scheduled tasks, single ones and those of a fleet, of both fronts: docs/policies.md. */
import type { Policies } from "@pulumi/policy";
import { blastRadius } from "./blastRadius";
import { naming } from "./naming";
import { powerConflict } from "./powerConflict";
import { quietHours } from "./quietHours";
import { allowedTimeZones } from "./timeZones";

/** All of them. They leave their enforcement level to the pack. */
export const policies: Policies = [...blastRadius, allowedTimeZones, quietHours, naming, powerConflict];
