const { PolicyPack } = require("@pulumi/policy");
const { policies } = require("pulumi-huaweicloud-workspace/policies");

new PolicyPack("huaweicloud-workspace", { policies, enforcementLevel: "mandatory" });
