/** Entry of the executable `pulumi-resource-huaweicloud-workspace`. */
import { version } from "../package.json";
import { serve } from "../provider/fronts/server";
import schema from "../schema.json";

serve({ version, schema: () => JSON.stringify(schema) }, process.argv[2]);
