"""Signs with the signer of the vendor's SDK for Python: a request a line of input, its Authorization a line of output."""

import json
import sys

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer.signer import Signer

for line in sys.stdin:
    request = json.loads(line)
    signer = Signer(BasicCredentials(request["accessKey"], request["secretKey"]))
    signed = signer.sign(
        SdkRequest(
            method=request["method"],
            schema="https",
            host=request["headers"]["Host"],
            resource_path=request["path"],
            query_params=[tuple(pair) for pair in request["query"]],
            header_params=request["headers"],
            body=request["body"],
        )
    )
    print(signed.header_params["Authorization"])
