/** Entry of the executable `pulumi-resource-huaweicloud-workspace`. */
import { version } from "../package.json";
import { engineArgument } from "../provider/fronts/engine";
import { serve } from "../provider/fronts/server";
import schema from "../schema.json";

serve({ version, schema: () => JSON.stringify(schema) }, engineArgument());
