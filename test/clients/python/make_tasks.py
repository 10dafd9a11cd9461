"""Makes tasks through the vendor's SDK for Python, as a script of a user would, and prints one id a line.

The argument is the line that the emulator prints when it is ready. Each line of the input is a task: what is posted, and
what can be set only afterwards.
"""

import json
import sys

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkworkspace.v2 import (
    CreateScheduledTasksReq,
    CreateScheduledTasksRequest,
    UpdateScheduledTasksReq,
    UpdateScheduledTasksRequest,
    WorkspaceClient,
)

emulator = json.loads(sys.argv[1])
credentials = BasicCredentials(emulator["accessKey"], emulator["secretKey"], emulator["projectId"])
client = WorkspaceClient.new_builder().with_credentials(credentials).with_endpoint(emulator["url"]).build()

for line in sys.stdin:
    posted, later = json.loads(line)
    body = CreateScheduledTasksReq(**posted)
    task_id = client.create_scheduled_tasks(CreateScheduledTasksRequest(body=body)).task_id
    if later:
        body = UpdateScheduledTasksReq(**later)
        client.update_scheduled_tasks(UpdateScheduledTasksRequest(task_id=task_id, body=body))
    print(task_id)
